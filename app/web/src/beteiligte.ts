/** Entry of beteiligte.js. */
import { richteBeteiligteEin } from "./beteiligtensuche";

richteBeteiligteEin(document, document.documentElement.lang);
