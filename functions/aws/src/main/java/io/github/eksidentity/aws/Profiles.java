package io.github.eksidentity.aws;

import io.github.eksidentity.core.text.Nearest;
import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/// Tells what is wrong with a profile before the SDK looks everywhere else for credentials and says
/// that there are none.
///
/// Documented at <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>.
final class Profiles {
  private static final int LONGEST_CHAIN = 10;
  private static final int TYPING_ERRORS = 3;

  private Profiles() {}

  /// @param named the profile that was asked for; empty for that of the environment
  /// @throws CollectException where there is no such profile, or one whose credentials cannot be
  /// had here
  static void check(Optional<String> named, ProfileFile files) throws CollectException {
    Optional<String> name =
        named.or(
            () ->
                SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isPresent()
                    ? Optional.empty()
                    : ProfileFileSystemSetting.AWS_PROFILE.getStringValue());
    if (name.isEmpty()) {
      return;
    }
    Optional<Profile> profile = files.profile(name.get());
    if (profile.isPresent()) {
      checkSignIn(name.get(), profile.get(), files);
    } else if (named.isPresent() || !name.get().equals("default")) {
      throw new CollectException(missing(name.get(), files));
    }
  }

  private static String missing(String name, ProfileFile files) {
    String nearest =
        Nearest.within(TYPING_ERRORS, name, files.profiles().keySet())
            .map(found -> "; did you mean " + found + "?")
            .orElse(".");
    return "There is no profile "
        + name
        + " in the AWS configuration ("
        + ProfileFileSystemSetting.AWS_CONFIG_FILE.getStringValue().orElse("~/.aws/config")
        + " and "
        + ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE
            .getStringValue()
            .orElse("~/.aws/credentials")
        + ")"
        + nearest;
  }

  /// Signing in to IAM Identity Center is left to the AWS CLI, whose temporary credentials serve as
  /// well.
  private static void checkSignIn(String name, Profile profile, ProfileFile files)
      throws CollectException {
    Optional<Profile> at = Optional.of(profile);
    for (int i = 0; i < LONGEST_CHAIN && at.isPresent(); i++) {
      if (at.get().property("sso_session").isPresent()
          || at.get().property("sso_start_url").isPresent()) {
        throw new CollectException(
            ("Profile %1$s signs in to IAM Identity Center, which only the AWS CLI does: run aws"
                    + " sso login --profile %2$s, then eval \"$(aws configure export-credentials"
                    + " --profile %1$s --format env)\", and then the same without --profile.")
                .formatted(name, at.get().name()));
      }
      at = at.get().property("source_profile").flatMap(files::profile);
    }
  }
}
