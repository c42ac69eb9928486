package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chatarchiver.security.OtherLogIn;
import org.chatarchiver.security.SessionDoor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What stands in the page to log in at. */
@Component
class LoginForm {
    private static final int LONGEST_NAME = 64;

    private final ObjectProvider<OtherLogIn> others;

    LoginForm(ObjectProvider<OtherLogIn> others) {
        this.others = others;
    }

    /** @param name that has been typed in; empty for none, which stands in place of one that no user can have */
    Map<String, Object> model(HttpServletRequest request, String name) {
        Map<String, Object> model = new HashMap<>();
        model.put("to", wanted(request));
        model.put("name", name.length() > LONGEST_NAME ? "" : name);
        model.put("ways", ways());
        return model;
    }

    /** The page to come to, checked; of a log-in at an issuer it is no parameter any more. */
    static String wanted(HttpServletRequest request) {
        Object kept = request.getAttribute(SessionDoor.WANTED);
        return Wanted.of(kept == null ? request.getParameter(SessionDoor.WANTED) : Objects.toString(kept));
    }

    List<OtherLogIn.Way> ways() {
        return others.stream().flatMap(other -> other.ways().stream()).toList();
    }
}
