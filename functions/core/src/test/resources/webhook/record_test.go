package handler

// Records what the webhook adds to the pods of a table. Copy this file to pkg/handler of
// https://github.com/aws/amazon-eks-pod-identity-webhook and run, with absolute paths,
//   ROWS=webhook.jsonl RECORDED=recorded.jsonl go test ./pkg/handler -run TestRecord

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/amazon-eks-pod-identity-webhook/pkg"
	"github.com/aws/amazon-eks-pod-identity-webhook/pkg/cache"
	"github.com/aws/amazon-eks-pod-identity-webhook/pkg/containercredentials"
	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
)

type container struct {
	Name   string               `json:"name"`
	Init   bool                 `json:"init"`
	Env    []corev1.EnvVar      `json:"env"`
	Mounts []corev1.VolumeMount `json:"mounts"`
}

type row struct {
	Name           string            `json:"name"`
	Annotations    map[string]string `json:"annotations"`
	Association    bool              `json:"association"`
	PodAnnotations map[string]string `json:"podAnnotations"`
	Labels         map[string]string `json:"labels"`
	NodeSelector   map[string]string `json:"nodeSelector"`
	Os             *string           `json:"os"`
	Volumes        []corev1.Volume   `json:"volumes"`
	Containers     []container       `json:"containers"`
}

func (r row) pod() *corev1.Pod {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "p", Labels: r.Labels, Annotations: r.PodAnnotations},
		Spec:       corev1.PodSpec{ServiceAccountName: "s", NodeSelector: r.NodeSelector, Volumes: r.Volumes},
	}
	if r.Os != nil {
		pod.Spec.OS = &corev1.PodOS{Name: corev1.OSName(*r.Os)}
	}
	for _, c := range r.Containers {
		one := corev1.Container{Name: c.Name, Env: c.Env, VolumeMounts: c.Mounts}
		if c.Init {
			pod.Spec.InitContainers = append(pod.Spec.InitContainers, one)
		} else {
			pod.Spec.Containers = append(pod.Spec.Containers, one)
		}
	}
	return pod
}

// The webhook with the flags that the first line of the table names.
func webhook(t *testing.T, r row, stop chan struct{}, seed int64) *Modifier {
	account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "s", Namespace: "t", Annotations: r.Annotations}}
	client := fake.NewSimpleClientset(account)
	factory := informers.NewSharedInformerFactory(client, 0)
	known := cache.New("sts.amazonaws.com", "eks.amazonaws.com", true, pkg.DefaultTokenExpiration,
		factory.Core().V1().ServiceAccounts(), nil, cache.ComposeRoleArn{}, client.CoreV1())
	factory.Start(stop)
	factory.WaitForCacheSync(stop)
	for i := 0; i < 200 && !known.Get(cache.Request{Namespace: "t", Name: "s"}).FoundInCache; i++ {
		time.Sleep(5 * time.Millisecond)
	}
	uri := "http://169.254.170.23/v1/credentials"
	if strings.HasSuffix(r.Name, "-ipv6") {
		uri = "http://[fd00:ec2::23]/v1/credentials"
	}
	config := containercredentials.NewFileConfig("pods.eks.amazonaws.com", "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount",
		"eks-pod-identity-token", "eks-pod-identity-token", uri)
	if r.Association {
		if err := config.Load([]byte(`{"identities": [{"namespace": "t", "serviceAccount": "s"}]}`)); err != nil {
			t.Fatal(err)
		}
	}
	return NewModifier(rand.New(rand.NewSource(seed)), WithServiceAccountCache(known),
		WithContainerCredentialsConfig(config), WithRegion("eu-west-1"))
}

// An object whose members keep the order in which they were added.
type ordered struct{ names, values []string }

func (o ordered) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	for i, name := range o.names {
		key, _ := json.Marshal(name)
		value, _ := json.Marshal(o.values[i])
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(key)
		out.WriteByte(':')
		out.Write(value)
	}
	return append(append([]byte{'{'}, out.Bytes()...), '}'), nil
}

func (o *ordered) add(name, value string) {
	o.names = append(o.names, name)
	o.values = append(o.values, value)
}

type added struct {
	Env    ordered `json:"env"`
	Mounts ordered `json:"mounts"`
}

func difference(before, after []corev1.Container, all map[string]added) {
	for i, c := range after {
		more := added{}
		for _, env := range c.Env[len(before[i].Env):] {
			more.Env.add(env.Name, env.Value)
		}
		for _, mount := range c.VolumeMounts[len(before[i].VolumeMounts):] {
			more.Mounts.add(mount.Name, mount.MountPath)
		}
		all[c.Name] = more
	}
}

// What the webhook answers for a row, from its patch.
func record(t *testing.T, r row, seed int64) map[string]interface{} {
	_, skip := r.Labels["eks.amazonaws.com/skip-pod-identity-webhook"]
	all := map[string]added{}
	var volume interface{}
	before := r.pod()
	if !skip {
		stop := make(chan struct{})
		defer close(stop)
		raw, _ := json.Marshal(before)
		answer := webhook(t, r, stop, seed).MutatePod(&admissionv1.AdmissionReview{
			Request: &admissionv1.AdmissionRequest{Namespace: "t", Object: runtime.RawExtension{Raw: raw}}})
		var patch []struct {
			Path  string          `json:"path"`
			Value json.RawMessage `json:"value"`
		}
		if len(answer.Patch) > 0 {
			if err := json.Unmarshal(answer.Patch, &patch); err != nil {
				t.Fatal(err)
			}
		}
		for _, one := range patch {
			switch {
			case one.Path == "/spec/containers" || one.Path == "/spec/initContainers":
				var after []corev1.Container
				_ = json.Unmarshal(one.Value, &after)
				if one.Path == "/spec/containers" {
					difference(before.Spec.Containers, after, all)
				} else {
					difference(before.Spec.InitContainers, after, all)
				}
			case strings.HasPrefix(one.Path, "/spec/volumes"):
				var single corev1.Volume
				var list []corev1.Volume
				if json.Unmarshal(one.Value, &list) == nil {
					single = list[0]
				} else {
					_ = json.Unmarshal(one.Value, &single)
				}
				token := single.Projected.Sources[0].ServiceAccountToken
				volume = map[string]interface{}{"name": single.Name, "path": token.Path,
					"audience": token.Audience, "expirationSeconds": *token.ExpirationSeconds}
			}
		}
	}
	return map[string]interface{}{"asked": !skip, "added": all, "volume": volume}
}

func TestRecord(t *testing.T) {
	in, err := os.ReadFile(os.Getenv("ROWS"))
	if err != nil {
		t.Skip("no ROWS")
	}
	out, err := os.Create(os.Getenv("RECORDED"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	lines := bufio.NewScanner(bytes.NewReader(in))
	lines.Buffer(nil, 1<<20)
	for first := true; lines.Scan(); first = false {
		if first {
			_, _ = out.Write(append(lines.Bytes(), '\n'))
			continue
		}
		var whole map[string]interface{}
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		_ = json.Unmarshal(lines.Bytes(), &whole)
		answer := record(t, r, 1)
		// A lifetime that another seed changes is chosen at random, between 79200 and 86400.
		if other, _ := record(t, r, 2)["volume"].(map[string]interface{}); other != nil {
			if own := answer["volume"].(map[string]interface{}); own["expirationSeconds"] != other["expirationSeconds"] {
				own["expirationSeconds"] = "79200..86400"
			}
		}
		whole["webhook"] = answer
		line, _ := json.Marshal(whole)
		_, _ = out.Write(append(line, '\n'))
	}
}
