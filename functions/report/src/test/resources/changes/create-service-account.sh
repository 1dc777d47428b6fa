kubectl \
    --context=arn:aws:eks:eu-west-1:111122223333:cluster/payments \
    --namespace=ledger create serviceaccount worker
kubectl \
    --context=arn:aws:eks:eu-west-1:111122223333:cluster/payments \
    --namespace=ledger annotate serviceaccount/worker \
    --overwrite eks.amazonaws.com/role-arn=arn:aws:iam::111122223333:role/payments/ledger
