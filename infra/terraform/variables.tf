variable "bucket" {
  description = "Name of a bucket in the stack's region that takes the zips and the template."
  type        = string
}

variable "name" {
  description = "Name of the stack."
  type        = string
  default     = "eks-identity-auditor"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,39}$", var.name))
    error_message = "A letter, then up to 39 letters, digits and hyphens: names of alarms, logs and schedule begin with it."
  }
}

variable "parameters" {
  description = "Parameters of template.yaml, by their names there, for example { AlertEmail = \"team@example.org\" }."
  type        = map(string)
  default     = {}
}

variable "tags" {
  description = "Tags of everything that can have them."
  type        = map(string)
  default     = {}
}
