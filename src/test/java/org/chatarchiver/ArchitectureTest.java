package org.chatarchiver;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.spi.annotations.Dataformat;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

@AnalyzeClasses(packages = "org.chatarchiver", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "org.chatarchiver.";

    /** Camel calls these from the routes, which it can only where they are public. */
    private static final String[] WITH_BEANS_OF_ROUTES = Stream.of(
                    "archive",
                    "recovery",
                    "collect",
                    "channel",
                    "delivery",
                    "alert",
                    "connector",
                    "setup",
                    "audit",
                    "verify")
            .map(name -> ROOT + name)
            .toArray(String[]::new);

    /** What each package may use beside {@code ledger}, {@code audit}, {@code message} and {@code observation}, from the top down. */
    private static final Map<String, List<String>> USES = Map.ofEntries(
            entry(
                    "console",
                    List.of(
                            "api",
                            "setup",
                            "routing",
                            "verify",
                            "search",
                            "coverage",
                            "evidence",
                            "retention",
                            "archive",
                            "recovery",
                            "collect",
                            "channel",
                            "delivery",
                            "alert",
                            "connector",
                            "mapping",
                            "landing",
                            "security")),
            entry(
                    "api",
                    List.of(
                            "setup",
                            "routing",
                            "verify",
                            "search",
                            "coverage",
                            "evidence",
                            "retention",
                            "archive",
                            "recovery",
                            "collect",
                            "channel",
                            "delivery",
                            "alert",
                            "connector",
                            "telemessage",
                            "mapping",
                            "mime",
                            "landing",
                            "security")),
            entry(
                    "setup",
                    List.of(
                            "routing",
                            "archive",
                            "collect",
                            "delivery",
                            "connector",
                            "telemessage",
                            "mapping",
                            "msexchange",
                            "security")),
            entry(
                    "routing",
                    List.of(
                            "verify",
                            "archive",
                            "recovery",
                            "collect",
                            "channel",
                            "delivery",
                            "alert",
                            "connector",
                            "mapping",
                            "landing",
                            "security")),
            entry(
                    "archive",
                    List.of(
                            "recovery",
                            "collect",
                            "delivery",
                            "alert",
                            "connector",
                            "telemessage",
                            "mapping",
                            "mime",
                            "landing",
                            "msexchange",
                            "security")),
            entry(
                    "verify",
                    List.of("delivery", "connector", "telemessage", "mapping", "mime", "landing", "msexchange")),
            entry("coverage", List.of("mapping")),
            entry("evidence", List.of("mime", "landing")),
            entry("search", List.of("archive", "connector", "mime")),
            entry("retention", List.of("connector", "telemessage", "landing")),
            entry("recovery", List.of("collect", "channel", "connector", "telemessage", "landing", "security")),
            entry("collect", List.of("channel", "alert", "connector", "telemessage", "landing", "security")),
            entry("channel", List.of("delivery", "alert")),
            entry("delivery", List.of("alert", "connector", "msexchange", "security")),
            entry("alert", List.of("connector", "msexchange", "security")),
            entry("broker", List.of("alert", "security")),
            entry("connector", List.of("mapping", "landing", "security")),
            entry("hawtio", List.of("security")),
            entry("oidc", List.of("security")),
            entry("telemessage", List.of("security")),
            entry("mapping", List.of("security")),
            entry("mime", List.of()),
            entry("landing", List.of()),
            entry("msexchange", List.of()),
            entry("security", List.of()));

    @ArchTest
    static final ArchRule packagesPointDownwards = layers();

    private static ArchRule layers() {
        Architectures.LayeredArchitecture layers =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : USES.keySet()) {
            layers = layers.layer(name).definedBy(ROOT + name + "..");
        }
        for (Map.Entry<String, List<String>> uses : USES.entrySet()) {
            layers = uses.getValue().isEmpty()
                    ? layers.whereLayer(uses.getKey()).mayNotAccessAnyLayer()
                    : layers.whereLayer(uses.getKey())
                            .mayOnlyAccessLayers(uses.getValue().toArray(String[]::new));
        }
        return layers;
    }

    @Test
    void everyPackageHasItsPlace() throws IOException {
        Set<String> placed = new HashSet<>(USES.keySet());
        placed.addAll(Set.of("ledger", "audit", "message", "observation"));
        try (Stream<Path> folders = Files.list(Path.of("src/main/java/org/chatarchiver"))) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(placed);
        }
    }

    @ArchTest
    static final ArchRule messagesKnowNothingOfTheRest = standsOn("message");

    @ArchTest
    static final ArchRule ledgerStandsOnAuditAndMessagesOnly = standsOn("ledger", "audit", "message");

    @ArchTest
    static final ArchRule whatIsSeenOfTheWorkKnowsNothingOfIt = standsOn("observation", "message", "security");

    @ArchTest
    static final ArchRule auditStandsOnMessagesOnly = standsOn("audit", "message");

    /** On these of ours and on itself, and on no other. */
    private static ArchRule standsOn(String name, String... others) {
        DescribedPredicate<JavaClass> strangers =
                resideInAPackage("org.chatarchiver..").and(not(resideInAPackage(ROOT + name + "..")));
        for (String other : others) {
            strangers = strangers.and(not(resideInAPackage(ROOT + other + "..")));
        }
        return noClasses().that().resideInAPackage(ROOT + name + "..").should().dependOnClassesThat(strangers);
    }

    @ArchTest
    static final ArchRule exchangeComponentKnowsNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(ROOT + "msexchange..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework..")
                    .or(resideInAPackage("org.chatarchiver..").and(not(resideInAPackage(ROOT + "msexchange..")))));

    @ArchTest
    static final ArchRule transportsDoNotKnowEachOther =
            slices().matching(ROOT + "msexchange.transport.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule whatTransportsShareKnowsNoneOfThem = noClasses()
            .that()
            .resideInAPackage(ROOT + "msexchange.transport")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "msexchange.transport.*.."));

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAThingDoes = noClasses()
            .should()
            .haveNameMatching(".*\\.[^.]*(Util|Utils|Helper|Manager)")
            .orShould()
            .haveNameMatching(".*\\.(My|Sample)[A-Z][^.]*");

    @ArchTest
    static final ArchRule logsGoThroughSlf4j = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..");

    @ArchTest
    static final ArchRule digestsAreMadeInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "message..")
            .should()
            .callMethod(MessageDigest.class, "getInstance", String.class);

    @ArchTest
    static final ArchRule nothingSleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule classesArePrivateToTheirPackageUnlessNeededElsewhere = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("ChatArchiver")
            .and()
            .doNotHaveSimpleName("AdminPassword")
            .and()
            .areNotAnnotatedWith(ConfigurationProperties.class)
            .and()
            .areNotAnnotatedWith(Dataformat.class)
            .and()
            .areNotAssignableTo(Component.class)
            .and()
            .resideOutsideOfPackage(ROOT + "msexchange")
            .and()
            .resideOutsideOfPackages(WITH_BEANS_OF_ROUTES)
            .should(beUsedByAnotherPackage());

    private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
        return new ArchCondition<>("be used by another package, or by what another package uses") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean used = type.getDirectDependenciesToSelf().stream()
                        .map(dependency -> dependency.getOriginClass())
                        .anyMatch(user -> !user.equals(type)
                                && (!user.getPackage().equals(type.getPackage())
                                        || user.getModifiers().contains(JavaModifier.PUBLIC)));
                events.add(new SimpleConditionEvent(
                        type, used, type.getName() + " is public, and no other package uses it"));
            }
        };
    }

    @Test
    void everyPackageSaysInASentenceWhatItIs() throws IOException {
        Path sources = Path.of("src/main/java/org/chatarchiver");
        Set<Path> packages;
        try (Stream<Path> files = Files.walk(sources)) {
            packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !folder.equals(sources))
                    .collect(java.util.stream.Collectors.toSet());
        }
        assertThat(packages).allSatisfy(folder -> {
            List<String> lines = Files.readAllLines(folder.resolve("package-info.java"));
            assertThat(String.join(" ", lines)).matches("/\\*\\*.*\\w\\.(\\s.*)?\\*/.*package .*");
        });
    }
}
