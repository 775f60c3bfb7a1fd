/** web.xml and web-fragment.xml: read with jboss-metadata, ordered, and merged by the rules of Servlet 6.1, 8.2. */
@NullMarked
package dev.sluice.war.descriptor;

import org.jspecify.annotations.NullMarked;
