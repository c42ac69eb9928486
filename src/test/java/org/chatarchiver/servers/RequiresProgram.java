package org.chatarchiver.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import org.chatarchiver.SuppressForbidden;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Leaves a test out, and says so, where the program of a real server is not installed; with the environment variable {@code REAL_SERVERS_REQUIRED=true} the
 * test fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RequiresProgram.Installed.class)
public @interface RequiresProgram {
    /** Names on the PATH, such as {@code dovecot}; {@code /usr/sbin} is looked in too. */
    String[] value();

    class Installed implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
                    .flatMap(required -> Arrays.stream(required.value())
                            .filter(name -> Program.find(name).isEmpty())
                            .findFirst())
                    .map(this::missing)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("installed"));
        }

        @SuppressForbidden("a build that left tests out says so, whatever the logging")
        private ConditionEvaluationResult missing(String name) {
            if (Boolean.parseBoolean(System.getenv("REAL_SERVERS_REQUIRED"))) {
                throw new IllegalStateException("REAL_SERVERS_REQUIRED is true, but " + name
                        + " is not on the PATH; install it (see .ci/run) or unset the variable");
            }
            System.out.println("LEFT OUT: tests against " + name + ", which is not installed");
            return ConditionEvaluationResult.disabled(name + " is not installed");
        }
    }
}
