kubernetes=$(aws eks describe-cluster --region eu-west-1 --name payments \
    --query cluster.version --output text)
version=$(aws eks describe-addon-versions --region eu-west-1 --addon-name vpc-cni \
    --kubernetes-version "$kubernetes" --output text \
    --query 'addons[0].addonVersions[?compatibilities[0].defaultVersion].addonVersion | [0]')
aws eks update-addon --region eu-west-1 --cluster-name payments --addon-name vpc-cni \
    --addon-version "$version"
