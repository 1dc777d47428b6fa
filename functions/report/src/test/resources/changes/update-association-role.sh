aws eks update-pod-identity-association \
    --region eu-west-1 \
    --cluster-name payments \
    --association-id a-1234 \
    --role-arn arn:aws:iam::111122223333:role/payments/ledger
