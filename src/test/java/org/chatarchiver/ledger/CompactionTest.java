package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a clean stop leaves of an embedded database that has replaced most of what it held. */
@ExtendWith(OutputCaptureExtension.class)
class CompactionTest {
    @TempDir
    private Path folder;

    private long sizeBefore;

    static class Pool {
        @Bean(destroyMethod = "close")
        HikariDataSource dataSource(Environment settings) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(settings.getRequiredProperty("url"));
            pool.setUsername("sa");
            pool.setPassword("");
            return pool;
        }
    }

    @Test
    void theFileIsSmallAfterACleanStopAndWhole(CapturedOutput output) throws IOException {
        runner().withBean(Compaction.class).run(context -> {
            JdbcTemplate jdbc = new JdbcTemplate(context.getBean(HikariDataSource.class));
            jdbc.execute("create table t (id int primary key, text varchar(100000))");
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 100; i++) {
                    jdbc.update("merge into t values (?, ?)", i, (round + "x").repeat(20_000));
                }
            }
            jdbc.update("delete from t where id > 4");
            sizeBefore = Files.size(file());
        });

        assertThat(output).doesNotContain("WARN", "Exception");
        assertThat(Files.size(file())).isLessThan(sizeBefore / 4);
        runner().run(context -> assertThat(new JdbcTemplate(context.getBean(HikariDataSource.class))
                        .queryForObject("select count(*) from t where char_length(text) = 40000", Integer.class))
                .isEqualTo(5));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFileStaysItsOwnersAlone() throws IOException {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        runner().withBean(Compaction.class).run(context -> {
            new JdbcTemplate(context.getBean(HikariDataSource.class)).execute("create table t (id int primary key)");
            Files.setPosixFilePermissions(file(), ownerOnly);
        });
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(ownerOnly);
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withUserConfiguration(Pool.class)
                .withPropertyValues("url=jdbc:h2:file:" + folder.resolve("db")
                        + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    private Path file() {
        return folder.resolve("db.mv.db");
    }
}
