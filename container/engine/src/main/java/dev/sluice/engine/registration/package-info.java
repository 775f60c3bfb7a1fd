/** Servlets and filters of an application: their registrations, instances and life cycle (Servlet 6.1, 2.3, 4.4 and 6.2). */
@NullMarked
package dev.sluice.engine.registration;

import org.jspecify.annotations.NullMarked;
