package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.READER;
import static org.chatarchiver.endtoend.HawtioClient.JOLOKIA;
import static org.chatarchiver.endtoend.HawtioClient.JSON;
import static org.chatarchiver.endtoend.HawtioClient.exec;
import static org.chatarchiver.endtoend.HawtioClient.path;
import static org.chatarchiver.endtoend.HawtioClient.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What Jolokia tells and does behind Hawtio's door. */
@ExtendWith(OutputCaptureExtension.class)
class JolokiaTest {
    private static final String CONTEXT = "org.apache.camel:context=chat-archiver,type=context,name=\"chat-archiver\"";
    private static final String ROUTE = "org.apache.camel:context=chat-archiver,type=routes,name=\"sweep-pages\"";
    private static final String QUEUE = "org.apache.camel:context=chat-archiver,type=endpoints,name=\"seda://pages\\?"
            + "concurrentConsumers=2&pollTimeout=200&purgeWhenStopping=true&size=1000\"";
    private static final Set<String> LOOKS = Set.of(
            "dumpRoutesAsXml()",
            "dumpRouteAsXml()",
            "dumpRoutesStatsAsXml(boolean,boolean)",
            "dumpRouteStatsAsXml(boolean,boolean)",
            "isUpdateRouteEnabled()");
    private static final Set<String> LOOKS_OF_ANY_SIGNATURE = Set.of("dumpRoutesStatsAsXml", "dumpRouteStatsAsXml");
    private static final Set<String> STEERING = Set.of("start()", "stop()", "suspend()", "resume()");

    @TempDir
    static Path folder;

    private static HawtioBed hawtio;
    private static HawtioClient ada;
    private static HawtioClient rita;

    @BeforeAll
    static void start() throws Exception {
        System.setProperty("canary", "canary-of-a-system-property");
        hawtio = new HawtioBed(folder);
        ada = hawtio.as(ADMIN);
        rita = hawtio.as(READER);
    }

    @AfterAll
    static void stop() throws IOException {
        System.clearProperty("canary");
        hawtio.close();
    }

    @Test
    void whatHawtioDrawsIsToldToAReader() throws Exception {
        assertThat(rita.post(JSON.createObjectNode().put("type", "version"))
                        .at("/value/agent")
                        .asText())
                .startsWith("2.");
        assertThat(rita.post(JSON.createObjectNode().put("type", "list"))
                        .at("/value/org.apache.camel")
                        .size())
                .isGreaterThan(100);
        assertThat(rita.post(exec(CONTEXT, "dumpRoutesAsXml()")).path("value").asText())
                .contains("id=\"sweep-pages\"")
                .doesNotContain("errorHandler", "onException");
        assertThat(rita.post(exec(CONTEXT, "dumpRoutesStatsAsXml", true, true))
                        .path("value")
                        .asText())
                .contains("<routeStat id=\"sweep-pages\"", "<processorStat");
        assertThat(value(rita, ROUTE, "State")).isEqualTo("Started");
        assertThat(value(rita, "java.lang:type=Memory", "HeapMemoryUsage")).contains("used");
        assertThat(rita.get(JOLOKIA + "/read/java.lang:type=Memory/HeapMemoryUsage")
                        .body())
                .contains("\"status\":200");
        assertThat(rita.post(read(QUEUE).put("attribute", "CurrentQueueSize"))
                        .path("value")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void anAdministratorStopsAndStartsARouteAndAReaderDoesNot(CapturedOutput output) throws Exception {
        for (String operation : List.of("stop()", "suspend()", "start()", "resume()")) {
            assertThat(status(rita, exec(ROUTE, operation))).isEqualTo(403);
        }
        assertThat(value(ada, ROUTE, "State")).isEqualTo("Started");
        assertThat(status(ada, exec(ROUTE, "stop()"))).isEqualTo(200);
        assertThat(value(ada, ROUTE, "State")).isEqualTo("Stopped");
        assertThat(status(ada, exec(ROUTE, "start()"))).isEqualTo(200);
        assertThat(value(ada, ROUTE, "State")).isEqualTo("Started");
        assertThat(status(ada, exec(ROUTE, "suspend()"))).isEqualTo(200);
        assertThat(value(ada, ROUTE, "State")).isEqualTo("Suspended");
        assertThat(status(ada, exec(ROUTE, "resume()"))).isEqualTo(200);
        assertThat(value(ada, ROUTE, "State")).isEqualTo("Started");
        assertThat(output.toString().lines())
                .filteredOn(line -> line.contains(" in Hawtio to "))
                .extracting(line -> line.replaceFirst(".*: (?=The route)", ""))
                .containsExactly(
                        "The route \"sweep-pages\" is told by ada in Hawtio to stop()",
                        "The route \"sweep-pages\" is told by ada in Hawtio to start()",
                        "The route \"sweep-pages\" is told by ada in Hawtio to suspend()",
                        "The route \"sweep-pages\" is told by ada in Hawtio to resume()");
    }

    @Test
    void aLinkStopsNothing() throws Exception {
        for (String operation : List.of("stop()", "stop")) {
            assertThat(statusOf(ada.get(path("exec", ROUTE, operation)).body())).isEqualTo(403);
        }
        assertThat(value(ada, ROUTE, "State")).isEqualTo("Started");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    com.sun.management:type=HotSpotDiagnostic | dumpHeap(java.lang.String,boolean) | /tmp/never.hprof,true
                    com.sun.management:type=HotSpotDiagnostic | dumpHeap | /tmp/never.hprof,true
                    com.sun.management:type=HotSpotDiagnostic | setVMOption | HeapDumpPath,/tmp
                    com.sun.management:type=DiagnosticCommand | vmSystemProperties |
                    com.sun.management:type=DiagnosticCommand | compilerDirectivesAdd | /etc/passwd
                    java.lang:type=Threading | dumpAllThreads(boolean,boolean) | true,true
                    java.lang:type=Threading | dumpAllThreads | true,true
                    java.lang:type=Memory | gc |
                    java.util.logging:type=Logging | setLoggerLevel | x,ALL
                    CONTEXT | sendBody(java.lang.String,java.lang.Object) | direct:unmapped,x
                    CONTEXT | sendStringBody(java.lang.String,java.lang.String) | direct:unmapped,x
                    CONTEXT | sendBodyAndHeaders | direct:unmapped,x
                    CONTEXT | requestBody(java.lang.String,java.lang.Object) | direct:unmapped,x
                    CONTEXT | requestStringBody | direct:unmapped,x
                    CONTEXT | createEndpoint(java.lang.String) | file:/tmp
                    CONTEXT | removeEndpoints(java.lang.String) | *
                    CONTEXT | addOrUpdateRoutesFromXml(java.lang.String) | <routes/>
                    CONTEXT | setGlobalOption | a,b
                    CONTEXT | getGlobalOption | a
                    CONTEXT | setProperty | a,b
                    CONTEXT | getProperty | a
                    CONTEXT | stop() |
                    CONTEXT | suspend() |
                    CONTEXT | restart() |
                    CONTEXT | dumpRoutesAsXml(boolean) | true
                    CONTEXT | dumpRoutesAsXml(boolean,boolean) | true,true
                    CONTEXT | dumpRoutesAsYaml() |
                    ROUTE | remove() |
                    ROUTE | updateRouteFromXml(java.lang.String) | <route/>
                    ROUTE | dumpRouteAsXml(boolean) | true
                    ROUTE | stop(long) | 1
                    QUEUE | browseAllMessagesAsXml(java.lang.Boolean) | true
                    QUEUE | browseMessageBody(java.lang.Integer) | 0
                    QUEUE | browseExchange(java.lang.Integer) | 0
                    QUEUE | browseRangeMessagesAsXml | 0,9,true
                    QUEUE | purgeQueue() |
                    org.apache.camel:context=chat-archiver,type=tracer,name=BacklogTracer | dumpAllTracedMessagesAsXml() |
                    org.apache.camel:context=chat-archiver,type=tracer,name=BacklogTracer | setEnabled | true
                    org.apache.camel:context=chat-archiver,type=tracer,name=BacklogDebugger | enableDebugger |
                    org.apache.camel:context=chat-archiver,type=services,name=DefaultInflightRepository | browse() |
                    org.apache.camel:context=chat-archiver,type=services,name=RouteVariableRepository | variables() |
                    org.apache.camel:type=routes,* | stop() |
                    hawtio:type=QuartzFacade | updateCronTrigger | a,b
                    jolokia:type=Config | setHistoryLimitForAttribute | a
                    """)
    void isRefusedToEverybodyByEveryWay(String mbean, String operation, String arguments) throws Exception {
        String name = mbean.replace("CONTEXT", CONTEXT).replace("ROUTE", ROUTE).replace("QUEUE", QUEUE);
        String[] given = arguments == null ? new String[0] : arguments.split(",");
        String[] parts = Arrays.copyOf(new String[] {"exec", name, operation}, 3 + given.length);
        System.arraycopy(given, 0, parts, 3, given.length);
        ArrayNode bulk = JSON.createArrayNode()
                .add(JSON.createObjectNode().put("type", "version"))
                .add(exec(name, operation, (Object[]) given))
                .add(JSON.createObjectNode().put("type", "version"));
        for (HawtioClient user : List.of(ada, rita)) {
            assertThat(status(user, exec(name, operation, (Object[]) given))).isEqualTo(403);
            assertThat(user.post(bulk).path(1).path("status").asInt()).isEqualTo(403);
            assertThat(statusOf(user.get(path(parts)).body())).isEqualTo(403);
        }
    }

    /** Whatever a library adds is held to the rule by being there. */
    @Test
    void everyOperationThatIsNotNamedIsRefused() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ArrayNode requests = JSON.createArrayNode();
        Set<String> asked = new TreeSet<>();
        for (ObjectName name : server.queryNames(null, null)) {
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                String signature = operation.getName()
                        + Arrays.stream(operation.getSignature())
                                .map(parameter -> parameter.getType())
                                .collect(Collectors.joining(",", "(", ")"));
                boolean route = "routes".equals(name.getKeyProperty("type"));
                boolean permitted = name.getDomain().equals("org.apache.camel")
                        && (LOOKS.contains(signature) || route && STEERING.contains(signature));
                if (!permitted && asked.add(name.getDomain() + name.getKeyProperty("type") + signature)) {
                    Object[] none = new Object[operation.getSignature().length];
                    requests.add(exec(name.getCanonicalName(), signature, none));
                    if (!LOOKS_OF_ANY_SIGNATURE.contains(operation.getName())) {
                        requests.add(exec(name.getCanonicalName(), operation.getName(), none));
                    }
                }
            }
        }
        assertThat(requests.size()).isGreaterThan(500);
        JsonNode answers = ada.post(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(answers.get(i).path("status").asInt())
                    .as("%s", requests.get(i))
                    .isEqualTo(403);
        }
    }

    @Test
    void nothingIsWritten() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ArrayNode requests = JSON.createArrayNode();
        Set<String> asked = new TreeSet<>();
        for (ObjectName name : server.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isWritable()
                        && asked.add(name.getDomain() + name.getKeyProperty("type") + attribute.getName())) {
                    requests.add(JSON.createObjectNode()
                            .put("type", "write")
                            .put("mbean", name.getCanonicalName())
                            .put("attribute", attribute.getName())
                            .put("value", "1"));
                }
            }
        }
        assertThat(requests.size()).isGreaterThan(5);
        assertThat(ada.post(requests))
                .allSatisfy(answer -> assertThat(answer.path("status").asInt())
                        .as("%s", answer)
                        .isEqualTo(403));
        assertThat(statusOf(ada.get(path("write", "java.lang:type=Memory", "Verbose", "true"))
                        .body()))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    java.lang:type=Runtime | SystemProperties
                    java.lang:type=Runtime | InputArguments
                    java.lang:type=Runtime | ClassPath
                    CONTEXT | GlobalOptions
                    ROUTE | RouteProperties
                    ROUTE | LastError
                    com.sun.management:type=HotSpotDiagnostic | DiagnosticOptions
                    java.util.logging:type=Logging | LoggerNames
                    """)
    void whatCouldHoldASecretIsNotRead(String mbean, String attribute) throws Exception {
        String name = mbean.replace("CONTEXT", CONTEXT).replace("ROUTE", ROUTE);
        for (HawtioClient user : List.of(ada, rita)) {
            assertThat(status(user, read(name).put("attribute", attribute))).isEqualTo(403);
            assertThat(statusOf(user.get(path("read", name, attribute)).body())).isEqualTo(403);
        }
    }

    @Test
    void othersMBeansAreNotListed() throws Exception {
        JsonNode domains = ada.post(JSON.createObjectNode().put("type", "list")).path("value");
        assertThat(domains.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("org.apache.camel", "java.lang", "hawtio");
        assertThat(domains.path("hawtio").fieldNames()).toIterable().containsExactly("type=TreeWatcher");
        assertThat(ada.post(JSON.createObjectNode().put("type", "search").put("mbean", "com.sun.management:*"))
                        .path("value"))
                .isEmpty();
    }

    @Test
    void noOtherServerIsAsked() throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open()) {
            other.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
            int port = ((InetSocketAddress) other.getLocalAddress()).getPort();
            for (String url : List.of(
                    "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi",
                    "service:jmx:rmi://127.0.0.1:" + port)) {
                ObjectNode request = read("java.lang:type=Memory").put("attribute", "HeapMemoryUsage");
                request.putObject("target").put("url", url);
                ada.post(request);
                assertThat(other.accept()).as(url).isNull();
            }
        }
    }

    /** Such an address is the secret itself. */
    @Test
    void theAddressOfAWebhookIsNotTold() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> addresses = server.queryNames(null, null).stream()
                .map(ObjectName::getCanonicalName)
                .filter(name -> name.contains("canary-of-a-webhook"))
                .toList();
        assertThat(addresses).isNotEmpty();
        for (HawtioClient user : List.of(ada, rita)) {
            for (String address : addresses) {
                JsonNode answer = user.post(read(address).put("attribute", "EndpointUri"));
                assertThat(answer.path("status").asInt()).isNotEqualTo(200);
            }
            assertThat(user.post(JSON.createObjectNode()
                                    .put("type", "read")
                                    .put("mbean", "org.apache.camel:type=processors,*")
                                    .put("attribute", "Destination"))
                            .toString())
                    .doesNotContain("canary-of-a-webhook");
        }
    }

    @Test
    void nothingIsListenedTo() throws Exception {
        for (String mode : List.of("pull", "sse")) {
            JsonNode client =
                    ada.post(JSON.createObjectNode().put("type", "notification").put("command", "register"));
            JsonNode answer = ada.post(JSON.createObjectNode()
                    .put("type", "notification")
                    .put("command", "add")
                    .put("client", client.at("/value/id").asText())
                    .put("mode", mode)
                    .put("mbean", ROUTE));
            assertThat(answer.path("status").asInt()).as("%s", answer).isNotEqualTo(200);
        }
    }

    @Test
    void noErrorTellsItsStackTrace() throws Exception {
        JsonNode answer = ada.post(exec(CONTEXT, "sendBody", "x")
                .set(
                        "config",
                        JSON.createObjectNode().put("includeStackTrace", true).put("serializeException", true)));
        assertThat(answer.has("stacktrace")).isFalse();
        assertThat(answer.has("error_value")).isFalse();
    }

    @Test
    void noSecretAndNoWordOfAMessageIsInAnyAnswer() throws Exception {
        for (HawtioClient user : List.of(ada, rita)) {
            JsonNode names = user.post(
                            JSON.createObjectNode().put("type", "search").put("mbean", "*:*"))
                    .path("value");
            assertThat(names.size()).isGreaterThan(300);
            Set<String> all = new TreeSet<>();
            StreamSupport.stream(names.spliterator(), false)
                    .map(JsonNode::asText)
                    .forEach(all::add);
            // Those that are hidden too: whoever knows the name may ask.
            for (ObjectName name : ManagementFactory.getPlatformMBeanServer().queryNames(null, null)) {
                all.add(name.getCanonicalName());
            }
            // An answer repeats what was asked for.
            all.removeIf(name -> name.contains("canary"));
            ArrayNode reads = JSON.createArrayNode();
            all.forEach(name ->
                    reads.add(read(name).set("config", JSON.createObjectNode().put("ignoreErrors", true))));
            String told = names
                    + user.post(reads).toString()
                    + user.post(JSON.createObjectNode().put("type", "list"))
                    + user.post(exec(CONTEXT, "dumpRoutesAsXml()"))
                    + user.post(exec(CONTEXT, "dumpRoutesStatsAsXml", true, true));

            assertThat(told).contains("sweep-pages", "ExchangesTotal", "seda://pages");
            int canary = told.indexOf("canary");
            assertThat(canary)
                    .as(() -> "a canary behind " + told.substring(Math.max(0, canary - 300), canary))
                    .isNegative();
            for (String secret : List.of(
                    hawtio.mail().token(),
                    hawtio.mail().certificate().password(),
                    "feed-secret",
                    "{bcrypt}",
                    "+447700900123")) {
                assertThat(told.contains(secret)).as(secret).isFalse();
            }
        }
    }

    private static String value(HawtioClient user, String mbean, String attribute) throws Exception {
        JsonNode value = user.post(read(mbean).put("attribute", attribute)).path("value");
        return value.isTextual() ? value.asText() : value.toString();
    }

    private static int status(HawtioClient user, JsonNode request) throws Exception {
        return user.post(request).path("status").asInt();
    }

    private static int statusOf(String answer) throws IOException {
        return JSON.readTree(answer).path("status").asInt();
    }
}
