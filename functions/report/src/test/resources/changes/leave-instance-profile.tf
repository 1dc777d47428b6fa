# In the aws_iam_instance_profile whose name is
# "nodes"
# remove role = "ledger".
