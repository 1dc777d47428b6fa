aws eks delete-pod-identity-association \
    --region eu-west-1 \
    --cluster-name payments \
    --association-id a-1234
