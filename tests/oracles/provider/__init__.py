"""A provider for Terraform that knows the schema of the real ones and makes nothing.

`Served` serves AWS's and the archive's; Terraform finds them by TF_REATTACH_PROVIDERS
(https://developer.hashicorp.com/terraform/plugin/debugging) and checks, plans and applies as it would against the real ones:
what these compute is unknown until it is made, and then a value of its type.
"""

from .serve import Served

__all__ = ["Served"]
