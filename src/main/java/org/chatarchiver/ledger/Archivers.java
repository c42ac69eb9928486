package org.chatarchiver.ledger;

import jakarta.annotation.PreDestroy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many archivers work with this ledger, by the database's clock. What one of them writes on its own disk the others do not see. */
@Component("archivers")
public class Archivers {
    /** An archiver says every 15 s that it is there. */
    static final Duration SILENT = Duration.ofSeconds(90);

    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final int LONGEST_NAME = 255;

    private final JdbcClient jdbc;
    private final RunLeases leases;
    private final String worker = UUID.randomUUID().toString();
    private volatile String name;

    Archivers(JdbcClient jdbc, RunLeases leases) {
        this.jdbc = jdbc;
        this.leases = leases;
    }

    /** Of this process, in the ledger. */
    public String worker() {
        return worker;
    }

    /** What people call the machine or pod that this one runs on; others may run there, too. */
    public String name() {
        String known = name;
        if (known == null) {
            known = machine();
            name = known;
        }
        return known;
    }

    /** A container's platform says it in the surroundings; elsewhere the machine is asked. */
    private static String machine() {
        String told = System.getenv("HOSTNAME");
        try {
            return Sql.text(
                    told == null || told.isBlank() ? InetAddress.getLocalHost().getHostName() : told, LONGEST_NAME);
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Says that this one is there. An embedded ledger is open in one process alone. */
    public void seen() {
        if (leases.embedded()) {
            return;
        }
        boolean known = jdbc.sql("update archiver set seen = current_timestamp where worker = ?")
                        .params(worker)
                        .update()
                == 1;
        if (!known) {
            jdbc.sql("insert into archiver (worker, name, seen) values (?, ?, current_timestamp)")
                    .params(worker, name())
                    .update();
        }
        jdbc.sql("delete from archiver where seen < current_timestamp - interval '" + FORGOTTEN.toSeconds()
                        + "' second")
                .update();
    }

    /** One that is started in its place within the next moments is not taken for a second one. */
    @PreDestroy
    void gone() {
        if (!leases.embedded()) {
            jdbc.sql("delete from archiver where worker = ?").params(worker).update();
        }
    }

    /** Those beside this one that were there of late. */
    public int others() {
        return leases.embedded()
                ? 0
                : jdbc.sql("select count(*) from archiver where worker <> ? and seen > current_timestamp - interval '"
                                + SILENT.toSeconds() + "' second")
                        .params(worker)
                        .query(Integer.class)
                        .single();
    }
}
