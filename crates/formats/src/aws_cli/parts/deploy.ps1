Read-State

# A value that is yours.
function Read-Own($Name, $Default) {
  $value = [Environment]::GetEnvironmentVariable($Name)
  if (-not $value) { $value = Get-Kept $Name }
  if (-not $value) { $value = $Default }
  if (-not $value) { Stop-All $sayMissing $Name }
  Save-Value $Name $value
}

# The file with ${NAME} filled in; "${NAME[@]}" is a list. Gives the path of a copy in letters that every system reads alike.
function Get-Filled($File, [string[]]$Names) {
  $text = [IO.File]::ReadAllText((Join-Path $PSScriptRoot $File))
  foreach ($name in $Names) {
    $value = "$(Get-Kept $name)".Replace('\', '\\').Replace('"', '\"').Replace("`n", '\n')
    $text = $text.Replace('${' + $name + '[@]}', $value.Replace(',', '", "')).Replace('${' + $name + '}', $value)
  }
  $letters = New-Object System.Text.StringBuilder
  foreach ($letter in $text.ToCharArray()) {
    if ([int]$letter -lt 128) { [void]$letters.Append($letter) } else { [void]$letters.AppendFormat('\u{0:x4}', [int]$letter) }
  }
  $copy = Join-Path ([IO.Path]::GetTempPath()) "trazo-$PID.json"
  [IO.File]::WriteAllText($copy, $letters.ToString(), $plain)
  return "file://$copy"
}

function Start-Step($Step, $Title, $Text) {
  $script:step = $Step
  if ((Get-Kept $Step) -eq 'done') { Write-Text $saySkipped $Title; return $false }
  Write-Host "`n$Title`n   $Text"
  Save-Value $Step 'asked'
  return $true
}
function Complete-Step { Save-Value $script:step 'done' }

function Invoke-Call($Patience, [scriptblock]$Command) {
  $tries = 0
  while (-not (Invoke-Aws $Command)) {
    $tries += 1
    if ($tries -le 36 -and (Test-Refused $Patience)) { Write-Text "   $sayPatient"; Start-Sleep -Seconds 5; continue }
    # Refused is not made; after a lost answer it may have been.
    if ($script:errors.Contains('An error occurred (')) { Save-Value $script:step 'refused' }
    throw $script:errors
  }
}

# Keeps what the answer gives.
function Save-Answer([string[]]$Names) {
  $values = $script:answer.Split("`t")
  for ($index = 0; $index -lt $Names.Length; $index += 1) {
    if ($index -ge $values.Length -or $values[$index] -in '', 'None') { Stop-All $sayNoAnswer $Names[$index] }
    Save-Value $Names[$index] $values[$index]
    Write-Host "   $($Names[$index]) = $($values[$index])"
  }
}
