/** Entry of rahmen.js: what every page has, also those without map and list. */
import { alle } from "./dom";
import { richteSprachwahlEin } from "./sprachwahl";
import { richteWerkzeugeEin } from "./werkzeuge";

for (const menue of alle(".sprachwahl, .dienstmenue, .mitnehmen"))
  if (menue instanceof HTMLDetailsElement) richteSprachwahlEin(menue);

richteWerkzeugeEin();
