$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2
Set-Location -LiteralPath $PSScriptRoot
$env:AWS_PAGER = ''
$state = Join-Path $PSScriptRoot 'made.env'
$plain = New-Object System.Text.UTF8Encoding $false
$script:errors = ''
$script:answer = ''
$script:step = ''

function Write-Text($Text, $Name) { Write-Host $Text.Replace('{name}', "$Name") }
function Stop-All($Text, $Name) { throw $Text.Replace('{name}', "$Name") }
function Get-Kept($Name) { Get-Variable -Name $Name -Scope Script -ValueOnly -ErrorAction SilentlyContinue }

# Also in the file, so that a second run and remove.ps1 know it.
function Save-Value($Name, $Value) {
  Set-Variable -Name $Name -Value $Value -Scope Script
  [IO.File]::AppendAllText($state, "$Name=$Value`n", $plain)
}

# One of a list with commas.
function Set-Item-Of($Name, $List, $Index) {
  $items = "$(Get-Kept $List)".Split(',')
  if ($items.Length -le $Index) { Stop-All $sayNoAnswer $List }
  Set-Variable -Name $Name -Value $items[$Index] -Scope Script
}

function Read-State {
  if (-not (Test-Path -LiteralPath $state)) { return }
  foreach ($line in [IO.File]::ReadAllLines($state)) {
    if ($line -match '^([A-Za-z_][A-Za-z0-9_]*)=(.*)$') { Set-Variable -Name $Matches[1] -Value $Matches[2] -Scope Script }
  }
}

# Runs a command of the AWS CLI: whether it went well. What it wrote is in $answer and $errors.
function Invoke-Aws([scriptblock]$Command) {
  $ErrorActionPreference = 'Continue'
  $file = [IO.Path]::GetTempFileName()
  $script:answer = ((& $Command 2> $file) | Out-String).Trim()
  $code = $LASTEXITCODE
  $script:errors = "$(Get-Content -Raw -LiteralPath $file)"
  Remove-Item -LiteralPath $file
  return $code -eq 0
}
function Test-Refused($Pattern) { $Pattern -and (($script:errors -replace '\s+', ' ') -match $Pattern) }

function Wait-For($Pause, $Left, $Gone, $Unseen, [scriptblock]$Command) {
  Write-Text "   $sayWaiting"
  while ($true) {
    if (Invoke-Aws $Command) {
      $ready, $failed, $reason, $more = $script:answer.Split("`t")
      if ($ready -eq 'True') { $script:answer = $more -join "`t"; return }
      if ($failed -eq 'True') { Stop-All $sayFailed $reason }
    }
    elseif (Test-Refused $Gone) { return }
    elseif (-not (Test-Refused $Unseen)) { throw $script:errors }
    $Left -= $Pause
    if ($Left -le 0) { Stop-All $sayLate }
    Start-Sleep -Seconds $Pause
  }
}
