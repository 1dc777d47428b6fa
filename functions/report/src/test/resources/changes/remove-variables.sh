kubectl \
    --context=arn:aws:eks:eu-west-1:111122223333:cluster/payments \
    --namespace=ledger set env deployment/worker \
    --containers=app AWS_ACCESS_KEY_ID- AWS_SECRET_ACCESS_KEY-
