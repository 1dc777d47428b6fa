kubectl \
    --context=arn:aws:eks:eu-west-1:111122223333:cluster/payments \
    --namespace=ledger set env deployment/worker \
    --containers=app 'NO_PROXY=169.254.170.23,it'\''s'
