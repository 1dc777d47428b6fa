kubectl \
    --context=arn:aws:eks:eu-west-1:111122223333:cluster/payments \
    --namespace=ledger annotate serviceaccount/worker \
    --overwrite 'eks.amazonaws.com/audience=it'\''s ${mine}'
