kubectl \
    --context=arn:aws:eks:eu-west-1:111122223333:cluster/payments \
    --namespace=ledger patch deployment/worker \
    --type=merge '--patch={"spec":{"template":{"metadata":{"annotations":{"eks.amazonaws.com/skip-containers":null}}}}}'
