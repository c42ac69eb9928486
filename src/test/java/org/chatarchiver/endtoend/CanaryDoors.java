package org.chatarchiver.endtoend;

import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.endtoend.SetupBed.Person;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;

/** Gives passwords to whatever of an archiver takes one, in good order and in bad, and keeps what is answered. */
final class CanaryDoors {
    private static final String JSON = "application/json";

    private final TestBed bed;
    private final ApiClient api;
    private final List<String> answers = new ArrayList<>();
    private String draft;

    CanaryDoors(TestBed bed) {
        this.bed = bed;
        this.api = new ApiClient(bed.archiver(), ADMIN, PASSWORD);
    }

    /** Heads and bodies. */
    List<String> answers() {
        return List.copyOf(answers);
    }

    void tell(String password, String wrong) throws IOException, InterruptedException {
        logIns(wrong);
        account(password, wrong);
        connectors(password);
        wizard(password, wrong);
        answer(api.put("/api/connectors/wechat/mapping", "text/csv", TestBed.MAPPING + "\"x\",nobody\n"));
    }

    private void logIns(String wrong) throws IOException, InterruptedException {
        answer(api.get("/api/channels", ADMIN, wrong));
        answer(api.get("/api/channels", "nobody", wrong));
        answer(new ConsoleClient(bed.archiver().port()).logIn("nobody", wrong, ""));
        answer(new ConsoleClient(bed.archiver().port()).get("/console/login?password=" + wrong));
        answer(new HawtioClient(bed.archiver().port())
                .get("/actuator/hawtio/auth/login", "Authorization", "Basic " + wrong));
    }

    private void account(String password, String wrong) throws IOException, InterruptedException {
        for (Fault fault : List.of(
                Fault.html(),
                Fault.status(401, null),
                Fault.status(403, null),
                Fault.status(429, "7"),
                Fault.status(500, null),
                Fault.redirect("https://" + wrong + "@elsewhere.invalid/?token=" + password),
                Fault.body("{\"account\":\"" + wrong + "\""),
                Fault.body("{\"account\":{\"" + password + "\":\"" + wrong + "\"}}"),
                new Fault.CutBody(),
                new Fault.Reset(3),
                new Fault.Drip(Duration.ofMillis(1)))) {
            bed.feed().fault(FeedSimulator.ACCOUNT, 1, fault);
            answer(api.post("/api/account", JSON, login(password)));
        }
        answer(api.post("/api/account", JSON, login(wrong)));
        answer(api.post("/api/account", JSON, login(password + "\\n" + wrong)));
        broken("/api/account", login(password));
    }

    private static String login(String password) {
        return "{\"username\":\"ops\",\"password\":\"" + password + "\"}";
    }

    /** One connector is changed to its end, and one left half-way, when the password is still known. */
    private void wizard(String password, String wrong) throws IOException, InterruptedException {
        ConsoleClient console = ConsoleClient.of(bed.archiver().port(), ADMIN, PASSWORD);
        Person adds = Person.adds(console, "wechat");
        shown(adds.acceptTerms());
        shown(adds.logIn("ops", wrong));
        // A form shows its user name again to whoever has typed it there; nobody else is to be told.
        adds.logIn("ops:" + wrong, password);
        adds.logIn(password, wrong);
        for (Fault fault :
                List.of(Fault.html(), Fault.status(500, null), Fault.body("{\"account\":\"" + wrong + "\""))) {
            bed.feed().fault(FeedSimulator.ACCOUNT, 1, fault);
            shown(adds.logIn("ops", password));
        }
        shown(adds.logIn("ops", password));
        shown(adds.upload(TestBed.MAPPING + "\"x\",nobody\n"));
        shown(adds.upload(TestBed.MAPPING));
        shown(adds.finish("../x", "WeChat two", "0 15 2 * * ?"));
        draft = adds.id();
        Person changes = Person.changes(console, TestBed.WECHAT);
        shown(changes.logIn("ops", password));
        shown(changes.finish("", "WeChat Archiver", "0 0 0 1 1 ? 2099"));
    }

    /** Of the one that was left. */
    String draft() {
        return draft;
    }

    private void shown(String page) {
        answers.add("200 " + page);
    }

    private void connectors(String password) throws IOException, InterruptedException {
        String connector =
                "{\"id\":\"ID\",\"name\":\"Signal Archiver\",\"network\":\"SIGNAL\",\"folder\":\"Signal Archiver\","
                        + "\"username\":\"ops\",\"automaticMapping\":true,\"password\":\"" + password + "\"}";
        for (String id : List.of("signal", "../x", "wechat")) {
            answer(api.post("/api/connectors/validate", JSON, connector.replace("ID", id)));
            answer(api.post("/api/connectors", JSON, connector.replace("ID", id)));
        }
        answer(api.put("/api/connectors/signal", JSON, connector.replace("ID", "signal")));
        broken("/api/connectors", connector);
    }

    /** What a program makes of it that breaks off, quotes badly, or gives a list. */
    private void broken(String path, String body) throws IOException, InterruptedException {
        answer(api.post(path, JSON, body.substring(0, body.length() - 2)));
        answer(api.post(path, JSON, body.replace("\":\"", "\": \"\\q")));
        answer(api.post(path, JSON, body.replaceAll("\"password\":(\"[^\"]*\")", "\"password\":[$1,{}]")));
        answer(api.post(path, JSON, "[" + body + "]"));
        answer(api.post(path, "text/plain", body));
    }

    private void answer(HttpResponse<String> answer) {
        answers.add(answer.statusCode() + " " + answer.headers().map() + answer.body());
    }
}
