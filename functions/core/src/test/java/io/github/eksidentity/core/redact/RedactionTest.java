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
      int distance = Nearest.distance(replaced.getFirst(), misspelt);
      assertTrue(distance >= 1 && distance <= 3, replaced::toString);
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
}
