package org.chatarchiver.observation;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether there is a collector for traces. Where there is none, not one class of OpenTelemetry's is loaded. */
class TracingAsked implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return StringUtils.hasText(context.getEnvironment().getProperty("archiver.tracing.endpoint"));
    }
}
