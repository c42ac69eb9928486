package org.chatarchiver.security;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** What Tomcat refuses by itself, such as a malformed path or a header that is too long, as a problem detail (RFC 9457). */
class ProblemValve extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);
    private static final int FIRST_ERROR = 400;

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AtomicBoolean open = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, open);
        if (!open.get()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            AnswerHeaders.write(request.isSecure(), response);
            Writer out = response.getReporter();
            if (out != null) {
                out.write(problem(response.getStatus()));
                response.finishResponse();
            }
        } catch (IOException gone) {
            LOG.debug("The client is gone", gone);
        }
    }

    private static String problem(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        String cure = code < HttpStatus.INTERNAL_SERVER_ERROR.value()
                ? "The request is refused before it is read: mend its method, path, parameters or headers (8 KB in all)."
                : "The request failed for a reason that stands in the archiver's log; mend that and send it again.";
        return "{\"type\":\"about:blank\",\"title\":\"" + (status == null ? "Error" : status.getReasonPhrase())
                + "\",\"status\":" + code + ",\"detail\":\"" + cure + "\"}";
    }
}
