/**
 * What the codec and the handshake use of Node to work with bytes: the one
 * place to change for them to run where there is no Node.
 */
export { Buffer, constants, isUtf8 } from "node:buffer";
