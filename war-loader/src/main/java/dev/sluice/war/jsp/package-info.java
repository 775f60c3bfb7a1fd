/** Jakarta Pages through Jasper, touched only by applications that have pages. */
@NullMarked
package dev.sluice.war.jsp;

import org.jspecify.annotations.NullMarked;
