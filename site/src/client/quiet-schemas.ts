import { config } from 'zod';

// The site's policy allows no code made of text, and trying would be reported. Each schema looks once, when it is made:
// so this comes before everything that has some.
config({ jitless: true });
