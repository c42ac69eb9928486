package org.chatarchiver.ledger;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.chatarchiver.message.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which route files each archiver with this ledger has, as it tells itself. The embedded ledger has one archiver, and nothing to compare. */
@Component
public class ArchiverRoutes {
    private final JdbcClient jdbc;
    private final RunLeases leases;
    private final Archivers archivers;

    ArchiverRoutes(JdbcClient jdbc, RunLeases leases, Archivers archivers) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.archivers = archivers;
    }

    /**
     * A route file.
     *
     * @param digest SHA-256, lower-case hex
     * @param problem why it is not in force as it is; null where it is
     */
    public record Row(String file, String digest, String problem) {}

    /** @param node what people call the archiver; no other one here has the name */
    public record Told(String node, List<Row> files) {}

    public boolean isShared() {
        return !leases.embedded();
    }

    /** Tells of this archiver's; writes where it is not what was told last. Nothing before the archiver has said that it is there. */
    @Transactional
    public void tell(List<Row> files) {
        String all = Sha256.of(files.toString());
        boolean changed = jdbc.sql(
                                "update archiver set routes = ?, routes_since = current_timestamp where worker = ? and (routes is null or routes <> ?)")
                        .params(all, archivers.worker(), all)
                        .update()
                == 1;
        if (changed) {
            jdbc.sql("delete from archiver_route where worker = ?")
                    .params(archivers.worker())
                    .update();
            for (Row row : files) {
                jdbc.sql("insert into archiver_route (worker, file, digest, problem) values (?, ?, ?, ?)")
                        .params(archivers.worker(), Sql.key(row.file(), 400), row.digest(), Sql.detail(row.problem()))
                        .update();
            }
        }
    }

    /** What the archivers that were there of late have told, and have not told otherwise for so long. */
    public List<Told> settledFor(Duration time) {
        record Node(String worker, String name) {}
        List<Node> nodes = jdbc.sql("select worker, name from archiver where seen > current_timestamp - interval '"
                        + Archivers.SILENT.toSeconds() + "' second and routes_since < current_timestamp - interval '"
                        + time.toSeconds() + "' second order by name, worker")
                .query((row, number) -> new Node(row.getString("worker"), row.getString("name")))
                .list();
        return nodes.stream()
                .map(node -> {
                    boolean alone = nodes.stream()
                                    .filter(other -> other.name().equals(node.name()))
                                    .count()
                            == 1;
                    return new Told(
                            alone
                                    ? node.name()
                                    : node.name() + "/" + node.worker().substring(0, 8),
                            files(node.worker()));
                })
                .collect(Collectors.toList());
    }

    private List<Row> files(String worker) {
        return jdbc.sql("select file, digest, problem from archiver_route where worker = ? order by file")
                .params(worker)
                .query((row, number) ->
                        new Row(row.getString("file"), row.getString("digest"), row.getString("problem")))
                .list();
    }
}
