aws eks create-addon --region eu-west-1 --cluster-name payments --addon-name eks-pod-identity-agent
