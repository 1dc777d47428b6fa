aws iam create-open-id-connect-provider \
    --url https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF \
    --client-id-list sts.amazonaws.com
