package dev.segue.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls between modules and the order of the server's packages. */
class ArchitectureTest {

  private static final String SERVER = "dev.segue.server.";

  /** From the bottom up; those in one line don't know each other. */
  private static final List<List<String>> ORDER =
      List.of(
          List.of("storage", "http"),
          List.of("events", "forms"),
          List.of("people"),
          List.of("data"),
          List.of("secrets"),
          List.of("connections"),
          List.of("plugins"),
          List.of("steps"),
          List.of("changes"),
          List.of("approvals"),
          List.of("notices"),
          List.of("runs"),
          List.of("workflows"),
          List.of("triggers", "policies"),
          List.of("rehearsals"),
          List.of("sources"),
          List.of("app"),
          List.of("cli"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          // Packaged, the exporter carries the database driver under a name of its own.
          .withImportOption(location -> !location.contains("/bpmn/exporter/postgresql/"))
          .importPackages("dev.segue");

  @Test
  void allModulesWereSeen() {
    assertThat(seen("dev.segue.sdk")).isGreaterThan(30);
    assertThat(seen("dev.segue.runtime")).isGreaterThan(15);
    assertThat(seen("dev.segue.bpmn.model")).isGreaterThan(10);
    assertThat(seen("dev.segue.bpmn.engine")).isGreaterThan(30);
    assertThat(seen("dev.segue.bpmn.exporter")).isGreaterThan(8);
    assertThat(seen("dev.segue.server.http")).isGreaterThan(30);
    assertThat(seen("dev.segue.server")).isGreaterThan(200);
  }

  @Test
  void everyServerPackageHasItsPlaceInTheOrder() {
    Set<String> known = ORDER.stream().flatMap(List::stream).collect(Collectors.toSet());
    Set<String> found =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(SERVER))
            .map(name -> name.substring(SERVER.length()).split("\\.", 2)[0])
            .collect(Collectors.toSet());
    assertThat(known).containsAll(found);
  }

  @Test
  void serverPackagesKnowOnlyThoseBelowThem() {
    List<String> below = new ArrayList<>();
    for (List<String> level : ORDER) {
      for (String name : level) {
        List<String> allowed = new ArrayList<>(below);
        allowed.add(SERVER + name + "..");
        String[] forbidden =
            ORDER.stream()
                .flatMap(List::stream)
                .map(other -> SERVER + other + "..")
                .filter(other -> !allowed.contains(other))
                .toArray(String[]::new);
        noClasses()
            .that()
            .resideInAPackage(SERVER + name + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden)
            .allowEmptyShould(true)
            .because(name + " stands below them")
            .check(CLASSES);
      }
      level.forEach(name -> below.add(SERVER + name + ".."));
    }
  }

  @Test
  void serverPackagesHaveNoCycles() {
    slices().matching("dev.segue.server.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void pluginsCompileAgainstNextToNothing() {
    classes()
        .that()
        .resideInAPackage("dev.segue.sdk..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.segue.sdk..", "java..", "javax.sql..", "org.jspecify..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void stepsRunTheSameWayInServerAndTestkit() {
    noClasses()
        .that()
        .resideInAPackage("dev.segue.runtime..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.segue.server..", "dev.segue.bpmn..", "org.pf4j..", "io.vertx..", "io.camunda..")
        .check(CLASSES);
  }

  @Test
  void diagramsAreReadWithoutAnEngine() {
    noClasses()
        .that()
        .resideInAPackage("dev.segue.bpmn.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.segue.server..", "dev.segue.bpmn.engine..", "io.camunda.client..", "java.sql..")
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsNothingOfTheServer() {
    noClasses()
        .that()
        .resideInAPackage("dev.segue.bpmn.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.segue.server..", "dev.segue.runtime..", "dev.segue.sdk..")
        .check(CLASSES);
  }

  @Test
  void theExporterKnowsNothingButTheBrokerAndTheDatabase() {
    classes()
        .that()
        .resideInAPackage("dev.segue.bpmn.exporter..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.segue.bpmn.exporter..",
            "io.camunda.zeebe..",
            "org.postgresql..",
            "java..",
            "org.jspecify..",
            "org.slf4j..",
            "com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEngineModuleTalksToCamundasClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.segue.bpmn.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.camunda.client..")
        .check(CLASSES);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    only("io.vertx..", "dev.segue.server.http..");
    only("org.pf4j..", "dev.segue.server.plugins..");
    only("org.bouncycastle..", "dev.segue.server.people..");
    only("picocli..", "dev.segue.server.cli..");
    only(
        "org.postgresql..",
        "dev.segue.server.storage..",
        "dev.segue.server.data..",
        "dev.segue.bpmn.exporter..");
  }

  @Test
  void theServerCarriesNoPluginWithIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.segue.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.segue.plugins..", "dev.segue.bpmn.exporter..")
        .check(CLASSES);
  }

  @Test
  void onlyProgramsOfTheTerminalWriteToIt() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.segue.server.cli..",
            "dev.segue.bpmn.engine.launcher..",
            "dev.segue.runtime.check..",
            "dev.segue.practice..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  private static void only(String library, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  private static long seen(String name) {
    return CLASSES.stream()
        .filter(
            found ->
                found.getPackageName().equals(name)
                    || found.getPackageName().startsWith(name + "."))
        .count();
  }
}
