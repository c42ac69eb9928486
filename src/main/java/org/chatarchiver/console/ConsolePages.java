package org.chatarchiver.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.chatarchiver.security.BrowserErrors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Pages that no controller writes: what is refused at the door, and what has failed. */
@Component
class ConsolePages implements BrowserErrors {
    static final String LOGIN = "console/login";
    static final String ERROR = "console/error";

    private final ObjectProvider<ThymeleafViewResolver> views;
    private final Shells shells;

    ConsolePages(ObjectProvider<ThymeleafViewResolver> views, Shells shells) {
        this.views = views;
        this.shells = shells;
    }

    /** @param template one of those in {@code templates} */
    void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String template,
            Map<String, ?> model)
            throws IOException {
        response.setStatus(status.value());
        ConsoleHeaders.write(request, response);
        Map<String, Object> all = new HashMap<>(model);
        all.put("shell", shells.of(request));
        try {
            views.getObject().resolveViewName(template, Locale.ENGLISH).render(all, request, response);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The page " + template + " cannot be written", e);
        }
    }

    /** A page that says in a sentence what is wrong, and what to do. */
    void writeError(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String sentence)
            throws IOException {
        write(request, response, status, ERROR, model(status, sentence));
    }

    static Map<String, Object> model(HttpStatus status, String sentence) {
        return Map.of("heading", heading(status), "sentence", sentence);
    }

    private static String heading(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is no such page";
            case FORBIDDEN -> "This is not permitted";
            default -> status.is5xxServerError() ? "Something went wrong" : "This cannot be done";
        };
    }

    @Override
    public boolean write(HttpServletRequest request, HttpServletResponse response, HttpStatus status)
            throws IOException {
        String path = Objects.toString(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), "");
        String accepted = Objects.toString(request.getHeader(HttpHeaders.ACCEPT), "");
        boolean ours = path.equals("/") || path.equals("/console") || path.startsWith("/console/");
        if (!ours || !accepted.contains(MediaType.TEXT_HTML_VALUE)) {
            return false;
        }
        writeError(
                request,
                response,
                status,
                status.is5xxServerError()
                        ? "The page failed for a reason that stands in the archiver's log."
                        : "The request is refused.");
        return true;
    }
}
