# Remove the aws_iam_role whose name is
# "ledger"
# from the configuration, with whatever refers to it.
