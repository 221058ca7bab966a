"""The scripts for the AWS CLI, run with the CLI itself."""
