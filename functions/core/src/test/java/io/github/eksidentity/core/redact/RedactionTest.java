package io.github.eksidentity.core.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.eksidentity.core.text.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private static final byte[] SALT = {1, 2, 3};

  private static List<String> names(String... names) {
    return Redaction.replaced(SALT, texts -> texts.names(List.of(names)));
  }

  private static String policy(String document) {
    return Redaction.replaced(SALT, texts -> PolicyText.redacted(document, texts));
  }

  @Test
  void aWordIsReplacedAlikeWhereverItStands() {
    List<String> replaced = names("prod", "prod-eu", "Prod/*", "a.prod_?", "PROD");
    String prod = replaced.getFirst();
    assertNotEquals("prod", prod);
    assertEquals(4, prod.length());
    String capital = Character.toUpperCase(prod.charAt(0)) + prod.substring(1);
    assertEquals(
        List.of(
            prod, prod + "-eu", capital + "/*", "a." + prod + "_?", prod.toUpperCase(Locale.ROOT)),
        replaced);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sts.amazonaws.com",
        "sts.amazon.com",
        "STS.AmazonAWS.com",
        "pods.eks.amazonaws.com",
        "system:serviceaccount:kube-system:aws-node",
        "system:serviceacount:kube-system:ebs-csi-controller-sa",
        "arn:aws-cn:iam::aws:policy/job-function/ViewOnlyAccess",
        "arn:aws:codecommit:eu-west-1:",
        "role/aws-service-role/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup",
        "token.actions.githubusercontent.com",
        "/var/run/secrets/eks.amazonaws.com/serviceaccount/token",
        "aws-load-balancer-controller",
        "http://169.254.170.23/v1/credentials",
        "http://[fd00:ec2::23]/v1/credentials",
        "0.0.0.0/0",
        "::1",
        "127.0.0.1"
      })
  void whatIsPublicStaysWithItsFaults(String text) {
    assertEquals(List.of(text), names(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::\\d{12}:role/[a-z]{4}/[a-z]{6}|arn:aws:iam::444455556666:role/team/ledger",
        "oidc\\.eks\\.eu-west-1\\.amazonaws\\.com/id/[0-9A-F]{32}"
            + "|oidc.eks.eu-west-1.amazonaws.com/id/55A2C03A28E853DDC85584D6C8F1F512",
        "AROA[A-Z0-9]{17}|AROA2XYZ7QRSTUVWX3456",
        "\\d{12}|012345678901",
        "ip-\\d+-\\d+-\\d+-\\d+\\.eu-west-1\\.compute\\.internal"
            + "|ip-10-20-1-21.eu-west-1.compute.internal",
        "[1-9]\\d*\\.0\\.0\\.0/8|10.0.0.0/8",
        "[1-9a-f]00[1-9a-f]:[1-9a-f]{3}::[1-9a-f]|2001:db8::7",
        "https://[a-z]{7}\\.okta\\.com|https://example.okta.com"
      })
  void formsOfIdsAndAddressesStay(String formAndText) {
    String[] parts = formAndText.split("\\|", 2);
    String replaced = names(parts[1]).getFirst();
    assertTrue(replaced.matches(parts[0]), replaced);
    assertNotEquals(parts[1], replaced);
  }

  @Test
  void addressesOfOneNetworkStayInOne() {
    List<String> replaced = names("10.20.1.0/24", "10.20.1.21", "10.20.1.22", "10.21.1.21");
    String network = replaced.getFirst().replace("0/24", "");
    assertTrue(replaced.get(1).startsWith(network), replaced::toString);
    assertTrue(replaced.get(2).startsWith(network), replaced::toString);
    assertFalse(replaced.get(3).startsWith(network), replaced::toString);
    assertEquals(4, new TreeSet<>(replaced).size());
  }

  @Test
  void aMisspeltNameStaysNearTheName() {
    List<String> replaced = names("payments", "payment", "paymants", "apyments", "paymentss");
    for (String misspelt : replaced.subList(1, replaced.size())) {
      assertNotEquals(replaced.getFirst(), misspelt);
      assertTrue(Nearest.isWithin(3, replaced.getFirst(), misspelt), replaced::toString);
    }
    assertEquals(5, new TreeSet<>(replaced).size());
  }

  @Test
  void noTwoNamesBecomeOneAndNoneBecomesAnother() {
    String[] all =
        IntStream.range(0, 26 * 26)
            .mapToObj(i -> "" + (char) ('a' + i / 26) + (char) ('a' + i % 26))
            .toArray(String[]::new);
    List<String> replaced = names(all);
    assertEquals(all.length, new TreeSet<>(replaced).size());
    List<String> changed =
        IntStream.range(0, all.length)
            .filter(i -> !all[i].equals(replaced.get(i)))
            .mapToObj(replaced::get)
            .toList();
    assertTrue(changed.size() > 500, "public words are few");
    assertEquals(List.of(), changed.stream().filter(List.of(all)::contains).toList());
  }

  @Test
  void anotherSaltGivesOtherNames() {
    assertEquals(names("ledger"), names("ledger"));
    List<String> other =
        Redaction.replaced(new byte[] {9}, texts -> texts.names(List.of("ledger")));
    assertNotEquals(names("ledger"), other);
  }

  @Test
  void aPolicyKeepsItsLinesAndWhatAwsCoined() {
    String document =
        """
        {
          "Version": "2012-10-17",
          "Statment": [{"Effect": "Allow", "Action": ["ses:SendEmail", "s3:Get*"],
            "Resource": "arn:aws:s3:::%s-archive/*",
            "Principal": {"Service": "scheduler.amazonaws.com", "AWS": 444455556666},
            "Condition": {"StringLike": {"s3:prefix": "%s/*", "aws:RequestTag/%s": "${aws:userid}"}}
          }]
        }
        """;
    String word = names("acme").getFirst();
    String account = names("444455556666").getFirst();
    assertEquals(
        document
            .formatted(word, word, word)
            .replace("444455556666", account)
            .replace("archive", names("archive").getFirst()),
        policy(document.formatted("acme", "acme", "acme")));
  }

  @Test
  void escapesHideNoName() {
    String word = names("prod").getFirst();
    assertEquals(
        "{\"Sid\": \"" + word + "\\n\\\"" + word + "\"}",
        policy("{\"Sid\": \"\\u0070rod\\n\\\"prod\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "{\"a\": 1e5}", "{\"a", "\"\\", "}{]["})
  void whatIsNoPolicyStaysNone(String document) {
    assertEquals(document, policy(document));
  }

  @Test
  void aSentenceLosesNamesOnly() {
    String sentence =
        "User: arn:aws:sts::444455556666:assumed-role/ops/kim is not authorized to perform:"
            + " eks:DescribeCluster on cluster ledger (api.ledger.example:443)";
    List<String> words = names("444455556666", "ops", "kim", "ledger", "example");
    String expected =
        Stream.of("444455556666", "ops", "kim", "ledger", "example")
            .reduce(
                sentence,
                (text, name) ->
                    text.replace(
                        name,
                        words.get(
                            List.of("444455556666", "ops", "kim", "ledger", "example")
                                .indexOf(name))));
    assertEquals(expected, Redaction.replaced(SALT, texts -> texts.sentence(sentence)));
  }

  private static String sentence(String text) {
    return Redaction.replaced(SALT, texts -> texts.sentence(text));
  }

  /// Reasons as AWS, Kubernetes, Java and the auditor itself give them, without any name.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "iam:ListRoles is not allowed: User: is not authorized to perform: iam:ListRoles on"
            + " resource: * because no identity-based policy allows the iam:ListRoles action",
        "the credentials expired (ExpiredTokenException); renew them and audit again",
        "eks:DescribeCluster was throttled until the retries were used up",
        "clusterroles is forbidden: User cannot list resource \"clusterroles\" in API group"
            + " \"rbac.authorization.k8s.io\" at the cluster scope",
        "401: the cluster does not know the caller. Let it in: aws eks create-access-entry",
        "the Kubernetes API does not answer (connection refused)",
        "not read within 30 seconds. Allow it more, or see who may connect",
        "tried the regions of EKS known here instead, which may lack some",
        "The service account token has expired",
        "not in the snapshot",
        "InvalidIdentityToken: No OpenIDConnect provider found in your account for https://",
        "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
        "The aws-auth ConfigMap in your cluster is invalid."
      })
  void aSentenceKeepsItsPublicWords(String text) {
    String kept = sentence(text).replaceAll("[^A-Za-z ]", " ");
    List<String> before = List.of(text.replaceAll("[^A-Za-z ]", " ").split(" +"));
    List<String> after = List.of(kept.split(" +"));
    long same =
        IntStream.range(0, before.size()).filter(i -> before.get(i).equals(after.get(i))).count();
    assertTrue(same >= before.size() - 1, () -> text + " became " + sentence(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile Zqname",
        "user:Zqname",
        "zqname:DescribeThing",
        "iam:Zqname",
        "User \"zqname\" cannot list",
        "a.zqname.b",
        "a,zqname;b",
        "kubernetee.zqname",
        "arn:aws:zqname:::",
        "arn:aws:iam::aws:policy/zqname",
        "AWSServiceRoleForZqname",
        "zqname's",
        "\u00ABzqname\u00BB",
        "x\u200Bzqname\u200B",
        "zq-name",
        "https://zqname.example/x?y=zqname#zqname",
        "zqname@zqname.example"
      })
  void aSentenceLosesEveryOtherWord(String text) {
    String replaced = sentence(text).toLowerCase(Locale.ROOT);
    assertFalse(replaced.contains("zqname"), replaced);
    assertFalse(replaced.contains("zq-name"), replaced);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.", "a:", "zq ", "1.", "1-", "a/", "-", "a-1--", "::", "\\", "\"", "zq"})
  void noTextIsTooLong(String unit) {
    String text = unit.repeat(30_000);
    assertFalse(sentence(text).isEmpty());
    assertFalse(names(text).isEmpty());
    assertFalse(policy('"' + text + '"').isEmpty());
    assertFalse(
        Redaction.replaced(SALT, texts -> texts.key(text + "amazonaws.com/" + text)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1111-2222-3333",
        "1111 2222 3333",
        "1111\u00A02222\u00A03333",
        "1111.2222.3333",
        "1111_2222_3333",
        "1111/2222/3333",
        "1111:2222:3333",
        "1111\u20132222\u20133333",
        "111 122 223 333",
        "111122 223333",
        "= 1111-2222-3333,",
        "111122223333"
      })
  void anAccountIdIsFoundInGroups(String text) {
    String id = names("111122223333").getFirst();
    for (String replaced : List.of(names(text).getFirst(), sentence(text))) {
      assertEquals(text.replaceAll("\\d", "0"), replaced.replaceAll("\\d", "0"));
      assertEquals(id, replaced.replaceAll("\\D", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.20.30.41",
        "node 10.20.30.41.",
        "10.20.30.41:443",
        "10.20.30.41.nip.io",
        "10.20.30.41:6443/x",
        "[10.20.30.41]",
        "10[.]20[.]30[.]41",
        "10-20-30-41.default.pod.cluster.local",
        "ip-10-20-30-41",
        "ec2-10-20-30-41.eu-west-1.compute.amazonaws.com",
        "node_10_20_30_41",
        "010.020.030.041",
        "::ffff:10.20.30.41",
        "=10.20.30.41&"
      })
  void anAddressIsFoundInEverySpelling(String text) {
    for (String replaced : List.of(names(text).getFirst(), sentence(text))) {
      assertFalse(replaced.matches(".*20\\D{1,3}0?30\\D{1,3}0?41.*"), replaced);
      assertTrue(replaced.matches(".*\\d+\\D{1,3}\\d+\\D{1,3}\\d+\\D{1,3}\\d+.*"), replaced);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::7",
        "[2001:db8::7]:443",
        "2001:0db8:0000:0000:0000:0000:0000:0007",
        "2001-db8--7.default.pod.cluster.local",
        "2001-db8-1-2-3-4-5-7",
        "2001:db8::7%eth0",
        "ip_2001:db8::7"
      })
  void anAddressOfSixIsFoundInEverySpelling(String text) {
    for (String replaced : List.of(names(text).getFirst(), sentence(text))) {
      assertFalse(replaced.contains("2001"), replaced);
      assertFalse(replaced.contains("db8"), replaced);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shard-1-2-3-4", "2026-11-20-06-00", "job-28401120", "v1.2.3", "a-b--c", "1-2-3"})
  void whatOnlyLooksLikeAnAddressKeepsItsNumbers(String text) {
    String digits = text.replaceAll("\\D", "");
    assertEquals(digits, names(text).getFirst().replaceAll("\\D", ""));
  }
}
