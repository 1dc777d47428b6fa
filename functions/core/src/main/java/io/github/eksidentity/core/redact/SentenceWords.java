package io.github.eksidentity.core.redact;

import java.util.Locale;
import java.util.Set;

/// The only words that a sentence keeps: those in which AWS, Kubernetes, Java and this auditor
/// write reasons. A name may be any other word, and often is none that stands anywhere else.
///
/// Words of trades (`orders`, `billing`) are left out on purpose, since teams and products are
/// called so.
final class SentenceWords {
  private static final Set<String> WORDS =
      Set.of(
          """
          a an he here his i it its that the their them there these they this those we you your

          after again all already also always and another any as because before both but each
          either else even every few how if least less many more most much neither never no nor
          not often once only or other own same since so some still such than then twice unless
          until what when where whether which while who whose why yet

          about above across against along among at behind below between beyond by despite down
          during except for from in instead into near of off on onto out over per through to
          toward towards under up upon via with within without

          am are be been being can cannot could did do does doing done had has have having is
          let lets may might must need needed needs shall should was were will would

          current eight first five four last latest missing new next nine old one present
          previous second seven six ten third three twelve two

          allow allowed allows answer answered answers applies apply ask asked asks assume
          assumed assumes assuming attach attached authenticate authenticated authorised
          authorize authorized authorizing avoid begin begins belong belongs call called caller
          calls came change changed check checked choose chosen close closed come comes complete
          completed configure configured connect connected connecting contact contain contained
          contains continue convert converts correct create created decide decides decode
          decrypt delete deleted deleting denied deny describe described describes determine
          disable disabled enable enabled encrypt end ended ends enter exceed exceeded exceeds
          exist existed exists expect expected expire expired expires explain fail failed
          failing fails failure find finds follow followed follows found gave get gets give
          given gives go goes grant granted handle handled ignore ignored impersonate include
          included includes initialize install installed interrupted invoke join keep keeps kept
          knew know known knows lack lacks left list listed listen listens listing lists load
          loaded locate locked log logged look looked make makes making match matched matches
          mean means measured modify mount mounted move name named names obtain occur occurred
          open opened parse parsed pass passed perform performed performing print printed
          process processed produce provide provided provisioned put quit raise reach reached
          read reading reads receive received redirect redirected refresh refused refuses reject
          rejected release released relogin remove removed renew renewed repeat repeats replace
          replaced request requested require required requires reset resolve resolved respond
          responded restart restore restored restrict restricted retried retries retrieve retry
          return returned returns revoked run running runs said say says see seen send sent
          serve set shown sign signed skip skipped specified specify start started starts stop
          stopped store stored submit succeed support supported supports take taken takes tell
          tells terminate terminated test tested throttle throttled time timed tried trust
          trusted try trying turn turned type understood unlock update updated use used uses
          using validate validated verified verify violate violates wait waiting want write
          writes written wrong

          able active available bad certain currently degraded different directly empty exactly
          explicit explicitly external full fully further good healthy identical implicit
          implicitly impossible inactive incomplete incorrect inline insufficient internal
          invalid large larger likely long longer malformed maximum minimum necessary
          nonexistent partial partially pending permanent possible ready real recent several
          short shorter single small smaller successful sufficient temporarily temporary too
          transient unable unauthorized unavailable unexpected unhandled unhealthy unknown
          unreachable unreadable unrecognized unresolved unsigned unspecified unstable
          unsuccessful unsupported untrusted unusable usable valid visible wide

          acl address addresses advice attempt attempts attribute attributes authority base
          base64 bearer body boundaries boundary bucket budget byte bytes cache capacity cause
          causes certificate certificates chain channel character characters client clients
          clock code codes column command config configuration configurations connection
          connections console content context contexts control count credential credentials csr
          data date day days deadline dependency description device digit digits disk document
          documents domain dump endpoint endpoints engine entities entity entries entry
          environment error errors event events exception execution expression field fields file
          files filter folder format forms gateway group handshake header headers health host
          hostname hosts hour hours html id identifier identity ids image info infrastructure
          input instance instances interface issue issuer issues item items json key keys kind
          kinds kms kubeconfig kubectl kubelet kubernetes label labels length letters level
          limit limits line lines link loop machine member members memory message messages
          method methods milliseconds minute minutes mode month network networks number numbers
          object objects operation operations option options organization output owner page
          pages parameter parameters partition password path paths peer permission permissions
          person pkcs port principal principals privilege privileges problem profile profiles
          program property protocol protocols proxy public queries query quota quotas rate
          reader reason reasons record records region regional regions registry requests
          resource resources response responses result results role roles route rule rules
          schema scope scopes screen seconds section security select server servers service
          services session sessions signature size sizes socket solution source sources space
          ssl standard state statement statements status step steps stream string subject subnet
          subnets suffix syntax system tag tags target targets task tcp template text thread
          threads timeout timeouts times tls token tokens tool total traffic trail types udp
          unit url urls usage user users utc value values vendor verb verbs version versions vpc
          warning web week window word words x509 xml yaml zone zones

          accessentry accesskey addonversion apigroup apiserver apiversion asia authorizer aws
          awssdk certification cidr clusteraddon clusterrole clusterrolebinding clusterroles
          connectexception connectionrefused crd daemonset deployment dns eksauth eni
          eventsource gmt http http2 https iamidentity ioexception ip ipv4 ipv6 java javax
          jsonpath kubeapi mutatingwebhookconfiguration net nodeport openssl pkix podsecurity
          rbac replicaset sdk sockettimeoutexception ssh sslhandshakeexception statefulset sub
          unknownhostexception validatingwebhookconfiguration webidentity

          accessdenied accessdeniedexception authfailure authorizationheadermalformed badrequest
          clientexception clientunauthorizedtoperform conflict connectionerror expiredtoken
          expiredtokenexception forbidden gone httptimeoutexception idpcommunicationerror
          idpcommunicationerrorexception idprejectedclaim idprejectedclaimexception
          incompletesignature internalerror internalfailure internalservererror
          internalserverexception invalidaction invalidclienttokenid invalididentitytoken
          invalididentitytokenexception invalidparameter invalidparameterexception
          invalidrequest invalidrequestexception limitexceeded limitexceededexception
          malformedpolicydocument malformedpolicydocumentexception methodnotallowed
          missingauthenticationtoken missingparameter nosuchentity nosuchentityexception
          notacceptable notauthorized notauthorizedexception notfound optinrequired
          packedpolicytoolarge packedpolicytoolargeexception regiondisabled
          regiondisabledexception requestentitytoolarge requestexpired requestlimitexceeded
          requesttimeout resourceinuseexception resourcelimitexceededexception
          resourcenotfoundexception serverexception serverunavailable servicefailure
          serviceunavailable serviceunavailableexception signaturedoesnotmatch throttling
          throttlingexception tokenrefreshrequired toomanyrequests toomanyrequestsexception
          unauthorizedexception unauthorizedoperation unprocessableentity
          unrecognizedclientexception unsupportedmediatype validationerror validationexception

          addonpermissionfailure addonsubscriptionneeded admissionrequestdenied amiidnotfound
          asginstancelaunchfailures autoscalinggroupinvalidconfiguration
          autoscalinggroupnotfound clusterunreachable configurationconflict creating
          ec2instancetypedoesnotexist ec2launchtemplatedeletionfailure
          ec2launchtemplateinvalidconfiguration ec2launchtemplatemaxlimitexceeded
          ec2launchtemplatenotfound ec2launchtemplateversionmaxlimitexceeded
          ec2launchtemplateversionmismatch ec2securitygroupdeletionfailure
          ec2securitygroupnotfound ec2servicenotsubscribed ec2subnetinvalidconfiguration
          ec2subnetlistmismatch ec2subnetmissingipv6assignment ec2subnetnotfound
          iaminstanceprofilenotfound iamlimitexceeded iamnoderolenotfound iamrolenotfound
          iamsagrolenotfound iamthrottling instancelimitexceeded insufficientfreeaddresses
          insufficientnumberofreplicas k8sresourcenotfound kmsgrantrevoked kmskeydisabled
          kmskeymarkedfordeletion kmskeynotfound launchtemplate nodecreationfailure
          nodeterminationfailure poddevictionfailure podevictionfailure
          sourceec2launchtemplatenotfound stsregionalendpointdisabled
          unsupportedaddonmodification updating vpcidnotfound

          accesskubernetesapi assumerole assumeroleforpodidentity assumerolewithsaml
          assumerolewithwebidentity createaccessentry describeaccessentry describeaddon
          describecluster describefargateprofile describenodegroup
          describepodidentityassociation getaccountauthorizationdetails getaccountsummary
          getcalleridentity getfederationtoken getopenidconnectprovider getparameter getpolicy
          getpolicyversion getrole getrolepolicy getservicelinkedroledeletionstatus
          getsessiontoken listaccessentries listaddons listattachedrolepolicies listclusters
          listfargateprofiles listinstanceprofiles listnodegroups listopenidconnectproviders
          listpodidentityassociations listpolicies listregions listrolepolicies listroles
          lookupevents resourcesvpcconfig simulateprincipalpolicy tagsession

          authorizationk8sio podlist resourceversion selfsubjectaccessreview
          selfsubjectrulesreview serviceaccountlist subjectaccessreview topk truststore
          """
              .strip()
              .split("\\s+"));

  private SentenceWords() {}

  /// Whether a sentence keeps a word.
  static boolean keeps(String word) {
    return PublicWords.contains(word) || WORDS.contains(word.toLowerCase(Locale.ROOT));
  }
}
