// Decorator metadata, which every Nest class needs before it is defined.
import 'reflect-metadata';
