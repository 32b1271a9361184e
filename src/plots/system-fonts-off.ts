/**
 * Pictures are drawn with the packaged fonts only, so that they are the same on every machine. The
 * canvas package looks at this variable while it is loaded: import this file before it.
 */
process.env['DISABLE_SYSTEM_FONTS_LOAD'] = '1';
