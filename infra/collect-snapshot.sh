#!/bin/sh
# Makes a snapshot of an account for "eks-identity audit --snapshot FOLDER" with nothing but the AWS CLI and, for service accounts and
# pods, kubectl. It only reads. What is denied or fails is noted in errors.json, so that the audit never takes it for absent.
#
#   infra/collect-snapshot.sh FOLDER [--profile NAME] [--region REGION]... [--no-kubectl] [--trail] [--jobs N]
#
# FOLDER must not exist or be empty; it is emptied again where nothing could be read. Without --region every enabled region is read, N (4)
# at a time, and where no region is configured us-east-1 is asked which these are. Pods are written as kubectl prints
# them, with the environment variables of their containers: before you hand a snapshot on, use "eks-identity snapshot OTHER --redact
# --snapshot FOLDER", which drops those and replaces every name, or look through pods.json, or use --no-kubectl.
# IAM's policy simulator, which changes nothing, is asked what the roles of well-known add-ons may do to any resource. What their policies
# allow on some resources only is read from the policies, with less certainty, where "eks-identity snapshot" would name the resources.
# --trail also looks up the last day's AssumeRoleWithWebIdentity calls in CloudTrail, two pages of fifty a second.
set -eu

usage() {
  sed -n '2,/^set -eu/{/^#/s/^# \{0,1\}//p;}' "$0"
}

fail() {
  printf 'collect-snapshot: %s\n' "$1" >&2
  exit 1
}

# A name that becomes part of a path; anything else than what AWS allows in it is left out and noted.
is_plain() {
  case $1 in
    '' | -* | *[!A-Za-z0-9_-]*) return 1 ;;
  esac
}

# json_text TEXT: the inside of a JSON string.
json_text() {
  printf '%s' "$1" | tr '\n\r\t' '   ' | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g'
}

# note SCOPE ERROR MESSAGE [STATUS]
note() {
  printf '  {"scope": "%s", %s"error": "%s", "message": "%s"}' \
    "$(json_text "$1")" "${4:+\"status\": \"$4\", }" "$(json_text "$2")" "$(json_text "$3")" >"$(mktemp "$SNAPSHOT_WORK/errors/XXXXXXXX")"
}

# note_output SCOPE FILE [STATUS]: what the AWS CLI or kubectl wrote on standard error.
note_output() {
  message=$(sed -n 's/.*An error occurred ([A-Za-z0-9._]*) when calling the [A-Za-z0-9]* operation\( ([^)]*)\)\{0,1\}: //p; s/^Error from server ([A-Za-z]*): //p' "$2" | tail -n 1)
  error=$(sed -n 's/.*An error occurred (\([A-Za-z0-9._]*\)) when calling.*/\1/p; s/^Error from server (\([A-Za-z]*\)): .*/\1/p' "$2" | tail -n 1)
  [ -n "$message" ] || message=$(grep -v '^[[:space:]]*$' "$2" | tail -n 1)
  note "$1" "${error:-NotRead}" "${message:-no message}" "${3:-}"
}

# fetch FILE COMMAND...: the command's answer as a file of the snapshot, or what is wrong in $answer.err.
fetch() {
  file=$SNAPSHOT_FOLDER/$1
  shift
  mkdir -p "${file%/*}"
  answer=$(mktemp "$SNAPSHOT_WORK/answer.XXXXXXXX")
  if "$@" >"$answer" 2>"$answer.err" </dev/null && [ -s "$answer" ]; then
    mv "$answer" "$file"
    chmod 644 "$file"
    return 0
  fi
  return 1
}

# keep SCOPE FILE COMMAND...: the command's answer as a file of the snapshot, or an error of the scope.
keep() {
  scope=$1
  shift
  fetch "$@" && return 0
  note_output "$scope" "$answer.err"
  return 1
}

# The strings that stand alone on a line: members of a list of names, as the CLI prints it.
names() {
  sed -n 's/^[[:space:]]*"\([^"]*\)",\{0,1\}[[:space:]]*$/\1/p' "$SNAPSHOT_FOLDER/$1"
}

# values KEY FILE: the values of a key, as the CLI prints it.
values() {
  sed -n 's/^[[:space:]]*"'"$1"'": "\([^"]*\)",\{0,1\}[[:space:]]*$/\1/p' "$SNAPSHOT_FOLDER/$2"
}

aws_json() {
  aws "$@" --output json
}

# What is the same in every region is asked in the first one that is named, or in the one that is configured.
aws_anywhere() {
  if [ -n "$SNAPSHOT_REGION" ]; then
    aws_json "$@" --region "$SNAPSHOT_REGION"
  else
    aws_json "$@"
  fi
}

# each SCOPE FOLDER DESCRIBE...: one file for each name on standard input; the name is the last argument of the command.
each() {
  each_scope=$1 each_folder=$2
  shift 2
  while IFS= read -r name; do
    if is_plain "$name"; then
      keep "$each_scope/$name" "$each_folder/$name.json" "$@" "$name" || true
    else
      note "$each_scope/unnamed" NotRead "a name that AWS does not allow was left out"
    fi
  done
}

kubernetes() {
  region=$1 cluster=$2 own=$3
  config=$(mktemp "$SNAPSHOT_WORK/kubeconfig.XXXXXXXX")
  if ! aws eks update-kubeconfig --region "$region" --name "$cluster" --kubeconfig "$config" >/dev/null 2>"$config.err" </dev/null; then
    note_output "serviceaccounts/$region/$cluster" "$config.err"
    note_output "pods/$region/$cluster" "$config.err"
    return
  fi
  for kind in serviceaccounts pods mutatingwebhookconfigurations; do
    keep "$kind/$region/$cluster" "$own/$kind.json" \
      kubectl --kubeconfig "$config" --request-timeout=30s get "$kind" --all-namespaces --output json || true
  done
  keep "rbac/$region/$cluster" "$own/rbac.json" kubectl --kubeconfig "$config" --request-timeout=30s \
    get clusterroles,clusterrolebindings,roles,rolebindings --all-namespaces --output json || true
}

one_cluster() {
  region=$1 cluster=$2
  own=regions/$region/clusters/$cluster
  keep "eks/$region/$cluster" "$own/cluster.json" aws_json eks describe-cluster --region "$region" --name "$cluster" || return 0
  if keep "associations/$region/$cluster" "$own/pod-identity-associations.json" \
    aws_json eks list-pod-identity-associations --region "$region" --cluster-name "$cluster"; then
    values associationId "$own/pod-identity-associations.json" |
      each "associations/$region/$cluster" "$own/pod-identity-associations" \
        aws_json eks describe-pod-identity-association --region "$region" --cluster-name "$cluster" --association-id
  fi
  if keep "addons/$region/$cluster" "$own/addons.json" aws_json eks list-addons --region "$region" --cluster-name "$cluster"; then
    names "$own/addons.json" |
      each "addons/$region/$cluster" "$own/addons" \
        aws_json eks describe-addon --region "$region" --cluster-name "$cluster" --addon-name
  fi
  if keep "nodegroups/$region/$cluster" "$own/nodegroups.json" aws_json eks list-nodegroups --region "$region" --cluster-name "$cluster"; then
    names "$own/nodegroups.json" |
      each "nodegroups/$region/$cluster" "$own/nodegroups" \
        aws_json eks describe-nodegroup --region "$region" --cluster-name "$cluster" --nodegroup-name
  fi
  keep "fargate-profiles/$region/$cluster" "$own/fargate-profiles.json" \
    aws_json eks list-fargate-profiles --region "$region" --cluster-name "$cluster" || true
  [ -z "$SNAPSHOT_KUBECTL" ] || kubernetes "$region" "$cluster" "$own"
}

one_region() {
  region=$1
  is_plain "$region" || { note regions NotRead "a name that AWS does not allow was left out"; return 0; }
  list=regions/$region/clusters.json
  keep "eks/$region" "$list" aws_json eks list-clusters --region "$region" || { printf '%s: not read\n' "$region" >&2; return 0; }
  names "$list" | while IFS= read -r cluster; do
    if is_plain "$cluster"; then
      one_cluster "$region" "$cluster"
    else
      note "eks/$region/unnamed" NotRead "a name that AWS does not allow was left out"
    fi
  done
  if [ -n "$SNAPSHOT_SINCE" ]; then
    keep "trail/$region" "events/$region.json" aws_json cloudtrail lookup-events --region "$region" --start-time "$SNAPSHOT_SINCE" \
      --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity || true
  fi
  printf '%s: %s clusters\n' "$region" "$(names "$list" | grep -c .)" >&2
}

account() {
  keep account account.json aws_anywhere sts get-caller-identity ||
    fail "AWS does not answer: $(grep -hv '^[[:space:]]*$' "$SNAPSHOT_WORK"/answer.*.err | tail -n 1)"
  keep iam authorization-details.json \
    aws_anywhere iam get-account-authorization-details --filter Role LocalManagedPolicy AWSManagedPolicy || true
  keep quotas account-summary.json aws_anywhere iam get-account-summary || true
  if keep oidc open-id-connect-providers.json aws_anywhere iam list-open-id-connect-providers; then
    number=0
    values Arn open-id-connect-providers.json | while IFS= read -r arn; do
      number=$((number + 1))
      keep oidc "open-id-connect-providers/$number.json" \
        aws_anywhere iam get-open-id-connect-provider --open-id-connect-provider-arn "$arn" || true
    done
  fi
  keep regions regions.json aws_anywhere account list-regions --region-opt-status-contains ENABLED ENABLED_BY_DEFAULT || true
}

# What the service accounts of well-known add-ons must be allowed. Generated: -Dupdate.docs=true writes it.
addon_actions() {
  cat <<'END'
cert-manager/cert-manager route53:ChangeResourceRecordSets route53:GetChange
external-dns/external-dns route53:ChangeResourceRecordSets route53:ListHostedZones servicediscovery:ListNamespaces servicediscovery:RegisterInstance
external-secrets/external-secrets secretsmanager:BatchGetSecretValue secretsmanager:GetSecretValue ssm:GetParameter ssm:GetParameters
karpenter/karpenter ec2:CreateFleet ec2:CreateLaunchTemplate ec2:CreateTags ec2:DescribeInstanceTypes ec2:DescribeInstances ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:RunInstances ec2:TerminateInstances iam:PassRole
kube-system/aws-load-balancer-controller ec2:DescribeSecurityGroups ec2:DescribeSubnets elasticloadbalancing:AddTags elasticloadbalancing:CreateListener elasticloadbalancing:CreateLoadBalancer elasticloadbalancing:CreateTargetGroup elasticloadbalancing:DescribeLoadBalancers elasticloadbalancing:RegisterTargets
kube-system/aws-node ec2:AssignIpv6Addresses ec2:AssignPrivateIpAddresses ec2:DescribeInstances ec2:DescribeNetworkInterfaces
kube-system/cluster-autoscaler autoscaling:DescribeAutoScalingGroups autoscaling:DescribeAutoScalingInstances autoscaling:SetDesiredCapacity autoscaling:TerminateInstanceInAutoScalingGroup
kube-system/cluster-autoscaler-aws-cluster-autoscaler autoscaling:DescribeAutoScalingGroups autoscaling:DescribeAutoScalingInstances autoscaling:SetDesiredCapacity autoscaling:TerminateInstanceInAutoScalingGroup
kube-system/ebs-csi-controller-sa ec2:AttachVolume ec2:CreateVolume ec2:DeleteVolume ec2:DescribeInstances ec2:DescribeVolumes ec2:DetachVolume
kube-system/efs-csi-controller-sa elasticfilesystem:DescribeAccessPoints elasticfilesystem:DescribeFileSystems
kube-system/external-dns route53:ChangeResourceRecordSets route53:ListHostedZones servicediscovery:ListNamespaces servicediscovery:RegisterInstance
kube-system/karpenter ec2:CreateFleet ec2:CreateLaunchTemplate ec2:CreateTags ec2:DescribeInstanceTypes ec2:DescribeInstances ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:RunInstances ec2:TerminateInstances iam:PassRole
kube-system/s3-csi-driver-sa s3:GetObject s3:ListBucket
END
}

# A line for each role that trusts an add-on's service account by name, or that an association binds to it: its ARN and the actions that
# the add-on needs. In what the CLI prints the ARN of a role comes before its trust, and that of an association after its service account.
addon_roles() {
  {
    addon_actions
    cat "$SNAPSHOT_FOLDER/authorization-details.json"
    find "$SNAPSHOT_FOLDER/regions" -path '*/pod-identity-associations/*' -exec cat {} +
  } | awk -F '"' '
    function needed(role, account,   action, i, count) {
      count = split(actions[account], action, " ")
      if (role !~ /^[A-Za-z0-9:\/+=,.@_-]+$/) role = "unnamed"
      for (i = 1; i <= count; i++) if (!seen[role, action[i]]++) all[role] = all[role] " " action[i]
    }
    /^[a-z0-9-]+\/[a-z0-9-]+ [^"]*$/ { account = $0; sub(/ .*/, "", account); sub(/^[^ ]* /, ""); actions[account] = $0; next }
    $2 == "Arn" && $4 ~ /:role\// { role = $4 }
    $2 == "namespace" { namespace = $4 }
    $2 == "serviceAccount" { name = $4 }
    $2 == "roleArn" { needed($4, namespace "/" name) }
    NF > 2 && $(NF - 1) ~ /^system:serviceaccount:[^:]+:[^:]+$/ { split($(NF - 1), part, ":"); needed(role, part[3] "/" part[4]) }
    END { for (role in all) print role all[role] }
  '
}

# one_role ARN ACTION...: what IAM's policy simulator says of a role. Once it is denied nothing more is asked.
one_role() {
  role=$1
  shift
  [ ! -e "$SNAPSHOT_WORK/denied" ] || return 0
  [ "$role" != unnamed ] || { note simulations/unnamed NotRead "an ARN with unusual characters was left out"; return 0; }
  fetch "simulations/${role##*/}.json" aws_anywhere iam simulate-principal-policy --policy-source-arn "$role" --action-names "$@" && return 0
  if grep -q '(AccessDenied' "$answer.err"; then
    mv "$answer.err" "$SNAPSHOT_WORK/denied"
  else
    note_output "simulations/${role##*/}" "$answer.err"
  fi
}

# An account that does not want the simulator to be asked has chosen what the documents of policies say: nothing is missing then.
simulations() {
  [ -s "$SNAPSHOT_FOLDER/authorization-details.json" ] || return 0
  addon_roles | xargs -L 1 -P "$1" sh "$0" --one-role || note simulations NotRead 'asking about a role was cut short'
  status=''
  if rmdir "$SNAPSHOT_FOLDER/simulations" 2>/dev/null; then status=skipped; fi
  [ ! -e "$SNAPSHOT_WORK/denied" ] || note_output simulations "$SNAPSHOT_WORK/denied" "$status"
}

# errors.json, if anything was noted.
errors() {
  set -- "$SNAPSHOT_WORK"/errors/*
  [ -e "$1" ] || return 0
  {
    printf '[\n'
    separator=
    for entry in "$@"; do
      printf '%s' "$separator"
      cat "$entry"
      separator=',
'
    done
    printf '\n]\n'
  } >"$SNAPSHOT_FOLDER/errors.json"
  printf '%s calls failed; errors.json says which\n' "$#" >&2
}

# xargs starts this script again for each region and each role, with what it needs in the environment. Some start it with nothing, too.
case ${1:-} in
  --one-region) one_region "$2"; exit 0 ;;
  --one-role) shift; [ $# -eq 0 ] || one_role "$@"; exit 0 ;;
esac

folder='' regions='' jobs=4 kubectl=yes since=''
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --profile | --region | --jobs) [ $# -gt 1 ] || { usage >&2; exit 2; } ;;
  esac
  case $1 in
    --profile) export AWS_PROFILE="$2"; shift ;;
    --region) regions="$regions$2
"; shift ;;
    --jobs) jobs=$2; shift ;;
    --no-kubectl) kubectl='' ;;
    # GNU's date, or that of BSD and macOS.
    --trail) since=$(date -u -d '1 day ago' +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -v-1d +%Y-%m-%dT%H:%M:%SZ) ;;
    -*) usage >&2; exit 2 ;;
    *) [ -z "$folder" ] || { usage >&2; exit 2; }; folder=$1 ;;
  esac
  shift
done
[ -n "$folder" ] || { usage >&2; exit 2; }
case $jobs in '' | 0* | *[!0-9]*) fail "--jobs needs a number above zero, not $jobs" ;; esac
command -v aws >/dev/null || fail 'the AWS CLI (aws) is not on the PATH'
if [ -e "$folder" ] && [ -n "$(ls -A "$folder")" ]; then fail "$folder is not empty; a snapshot needs a folder of its own"; fi
if [ -n "$kubectl" ] && ! command -v kubectl >/dev/null; then
  kubectl=''
  printf 'kubectl is not on the PATH: service accounts and pods are not read\n' >&2
fi

mkdir -p "$folder"
SNAPSHOT_FOLDER=$(cd "$folder" && pwd)
SNAPSHOT_WORK=$(mktemp -d)
SNAPSHOT_KUBECTL=$kubectl
SNAPSHOT_SINCE=$since
SNAPSHOT_REGION=$(printf '%s' "$regions" | head -n 1)
if [ -z "$SNAPSHOT_REGION${AWS_REGION:-}${AWS_DEFAULT_REGION:-}" ] && [ -z "$(aws configure get region 2>/dev/null)" ]; then
  SNAPSHOT_REGION=us-east-1
fi
AWS_PAGER=''
export SNAPSHOT_FOLDER SNAPSHOT_WORK SNAPSHOT_KUBECTL SNAPSHOT_SINCE SNAPSHOT_REGION AWS_PAGER
finished=''
# The folder was empty before, so that everything in it is of this run; a run that got nowhere leaves it empty for the next.
trap 'rm -rf "$SNAPSHOT_WORK"; [ -n "$finished" ] || rm -rf "$SNAPSHOT_FOLDER"/*' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$SNAPSHOT_WORK/errors"

date -u +%Y-%m-%dT%H:%M:%SZ >"$SNAPSHOT_FOLDER/taken-at.txt"
account
if [ -z "$regions" ]; then
  [ -s "$SNAPSHOT_FOLDER/regions.json" ] || fail 'the regions of the account could not be listed; name them with --region'
  regions=$(values RegionName regions.json)
fi
printf '%s\n' "$regions" | grep -v '^$' | xargs -n 1 -P "$jobs" sh "$0" --one-region ||
  note regions NotRead 'reading of a region was cut short'
simulations "$jobs"
errors
finished=yes
printf 'Next: ./eks-identity audit --snapshot %s\n' "$folder" >&2
