package org.chatarchiver.routing;
import java.nio.file.*; import java.util.*;
import org.springframework.context.ApplicationContext;
class XTrial {
    static void go(Object o, Path routes) throws Exception {
        ApplicationContext a = (ApplicationContext) o;
        var trial = new RouteTrial(a, a.getEnvironment());
        for (int i = 0; i < 3; i++) {
            int threads = Thread.activeCount();
            long t = System.nanoTime();
            List<RouteFile> all = RouteFile.readAll(routes, "file");
            var p = trial.problems(all.stream().filter(f -> !f.isConnector()).toList(), all.stream().filter(RouteFile::isConnector).toList());
            System.out.println("TRIAL " + p + " " + (System.nanoTime()-t)/1000000 + " ms threads " + threads + " -> " + Thread.activeCount());
        }
        String[][] edits = {
          {"deliver.camel.yaml","to: microsoft-exchange:append","to: microsoft-exchnge:append"},
          {"deliver.camel.yaml","to: microsoft-exchange:append","to: microsoft-exchange:appnd"},
          {"deliver.camel.yaml","- filter:","- filtr:"},
          {"pages.camel.yaml","routePolicy: outagePause","routePolicy: outagePaus"},
          {"fetch.camel.yaml","connectionClose: true","connectionClos: true"},
          {"fetch.camel.yaml","archiver.telemessage.base-url","archiver.telemessage.base-ur"},
          {"archive.camel.yaml","ref: chat-mime","ref: chat-mim"},
          {"archive.camel.yaml","#deliveries","#deliverie"},
          {"archive.camel.yaml","#bean:firstFailure","#bean:firstFailur"},
          {"mapping.camel.yaml","lazyLoad: true","lazyLod: true"},
          {"mapping.camel.yaml","csv:","csvv:"},
          {"retry.camel.yaml","period: 250","period: abc"},
          {"retry.camel.yaml","period: 250","perod: 250"},
          {"retry.camel.yaml","discardWhenFull: true","discardWhenFul: true"},
          {"collect.camel.yaml","trigger.timeZone: UTC","trigger.timeZon: UTC"},
          {"collect.camel.yaml","stateful: true","stateflu: true"},
          {"poll.camel.yaml","simple: ${body}","simple: ${bdy}"},
          {"poll.camel.yaml","org.chatarchiver.collect.CursorExpiredException","org.chatarchiver.collect.CursorExpiredExcepton"},
          {"attachments.camel.yaml","redeliveryPolicyRef: attachmentRetries","redeliveryPolicyRef: attachmentRetrie"},
          {"sweep.camel.yaml","uri: timer","uri: quartz\n      parameters: {timerName: x, cron: 'every day'}"},
          {"sweep.camel.yaml","method: due","methd: due"},
        };
        for (String[] e : edits) {
            List<RouteFile> all = new ArrayList<>(RouteFile.readAll(routes, "file"));
            boolean[] done = {false};
            all.replaceAll(f -> { if (f.name().equals(e[0]) && f.text().contains(e[1])) { done[0] = true; String t = f.text().replaceFirst(java.util.regex.Pattern.quote(e[1]), java.util.regex.Matcher.quoteReplacement(e[2])); return RouteFile.parse(f.name(), f.path(), t);} return f;});
            if (!done[0]) { System.out.println("EDIT MISSING " + Arrays.toString(e)); continue; }
            long t = System.nanoTime();
            var p = trial.problems(all.stream().filter(f -> !f.isConnector()).toList(), all.stream().filter(RouteFile::isConnector).toList());
            System.out.println("EDIT " + e[2].replace("\n"," ") + " => " + p.toString().replace("\n"," / "));
        }
    }
}
