# In the aws_iam_openid_connect_provider whose url is
# "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
# take "vault's" out of client_id_list.
