package dev.segue.server.storage.codegen;

import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.Migrations;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.GeneratedAnnotationType;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

/**
 * Generates the jOOQ classes: starts a throw-away PostgreSQL, migrates it, and reads its schemas.
 * Does nothing while neither the migrations nor this generator have changed.
 */
public final class GenerateTables {

  private static final String PACKAGE = "dev.segue.server.storage.jooq";
  private static final List<String> SCHEMAS = List.of("segue", "history", "data");

  private GenerateTables() {}

  /**
   * Runs the generator.
   *
   * @param arguments the folder of the migrations, the source folder to write, and a work folder
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: MIGRATIONS TARGET WORK");
    }
    Path target = Path.of(arguments[1]);
    Path work = Path.of(arguments[2]);
    Stamp stamp = Stamp.of(Path.of(arguments[0]), work.resolve("stamp"));
    if (stamp.isFresh() && Files.isDirectory(target)) {
      return;
    }
    Files.createDirectories(work);
    generate(target, work);
    stamp.write();
  }

  private static void generate(Path target, Path work) throws Exception {
    Path folder = work.resolve("postgres");
    deleteTree(folder);
    EmbeddedPostgresSettings settings =
        EmbeddedPostgresSettings.throwAway(folder, work.resolve("binaries"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      Thread stop = new Thread(postgres::close, "stop-postgres");
      Runtime.getRuntime().addShutdownHook(stop);
      Migrations.migrate(postgres.owner());
      GenerationTool.generate(configuration(postgres.owner(), target));
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    deleteTree(folder);
  }

  private static Configuration configuration(DatabaseAddress address, Path target) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(
            new Jdbc()
                .withDriver("org.postgresql.Driver")
                .withUrl(address.url())
                .withUser(address.user())
                .withPassword(address.password()))
        .withGenerator(
            new Generator()
                .withDatabase(database())
                .withGenerate(
                    new Generate()
                        .withGeneratedAnnotation(true)
                        .withGeneratedAnnotationType(
                            GeneratedAnnotationType.JAVAX_ANNOTATION_PROCESSING_GENERATED)
                        .withJavadoc(false)
                        .withComments(false))
                .withTarget(
                    new Target().withPackageName(PACKAGE).withDirectory(target.toString())));
  }

  private static Database database() {
    return new Database()
        .withName("org.jooq.meta.postgres.PostgresDatabase")
        .withSchemata(
            SCHEMAS.stream().map(name -> new SchemaMappingType().withInputSchema(name)).toList())
        .withIncludes(".*")
        .withExcludes("history\\.record_[0-9]+|segue\\." + Migrations.RECORD)
        .withIncludeRoutines(false)
        .withOutputSchemaToDefault(false)
        .withOutputCatalogToDefault(true)
        .withForcedTypes(
            new ForcedType()
                .withName("INSTANT")
                .withIncludeTypes("timestamp.*with\\s+time\\s+zone"));
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What the generated classes were made from. */
  private record Stamp(String value, Path file) {

    static Stamp of(Path migrations, Path file) throws IOException {
      return new Stamp(Fingerprint.of(migrations, GenerateTables.class), file);
    }

    boolean isFresh() throws IOException {
      return Optional.of(value).equals(read());
    }

    void write() throws IOException {
      Files.writeString(file, value);
    }

    private Optional<String> read() throws IOException {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
  }
}
