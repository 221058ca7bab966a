if (-not (Test-Path -LiteralPath $state)) { Write-Text $sayNothing; exit 0 }
Read-State

# Whether there is something to remove, and its names are known.
function Test-Made($Step, $Title, [string[]]$Names) {
  $script:step = $Step
  if ((Get-Kept $Step) -notin 'done', 'asked') { return $false }
  foreach ($name in $Names) {
    if (-not (Get-Kept $name)) { Write-Text $sayLost $Title; return $false }
  }
  Write-Text $sayRemoving $Title
  return $true
}
function Complete-Step { Save-Value $script:step 'removed' }

function Remove-Made($Gone, $Busy, [scriptblock]$Command) {
  $tries = 0
  while (-not (Invoke-Aws $Command)) {
    if (Test-Refused $Gone) { Write-Text "   $sayGone"; return }
    $tries += 1
    if ($tries -gt 60 -or -not (Test-Refused $Busy)) { throw $script:errors }
    Write-Text "   $sayPatient"
    Start-Sleep -Seconds 10
  }
}
