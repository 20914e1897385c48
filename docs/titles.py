"""Titles of the filled installation: films of the public domain, and shows that we made up."""

FILMS = [
    line.strip()
    for line in """
    A Trip to the Moon (1902)
    The Great Train Robbery (1903)
    Frankenstein (1910)
    Cabiria (1914)
    The Birth of the Blues (1915)
    Intolerance (1916)
    Broken Blossoms (1919)
    The Cabinet of Dr. Caligari (1920)
    The Golem (1920)
    Way Down East (1920)
    The Kid (1921)
    The Phantom Carriage (1921)
    Destiny (1921)
    Nosferatu (1922)
    Häxan (1922)
    Dr. Mabuse, the Gambler (1922)
    Nanook of the North (1922)
    Safety Last! (1923)
    The Hunchback of Notre Dame (1923)
    Our Hospitality (1923)
    The Thief of Bagdad (1924)
    Sherlock Jr. (1924)
    The Last Laugh (1924)
    Die Nibelungen (1924)
    Greed (1924)
    Battleship Potemkin (1925)
    The Gold Rush (1925)
    The Phantom of the Opera (1925)
    The Lost World (1925)
    The Big Parade (1925)
    The General (1926)
    Faust (1926)
    The Adventures of Prince Achmed (1926)
    Metropolis (1927)
    Sunrise (1927)
    Wings (1927)
    Napoléon (1927)
    The Lodger (1927)
    October (1928)
    The Passion of Joan of Arc (1928)
    Steamboat Bill, Jr. (1928)
    The Wind (1928)
    The Crowd (1928)
    Man with a Movie Camera (1929)
    Pandora's Box (1929)
    Blackmail (1929)
    Woman in the Moon (1929)
    Spies (1928)
    Earth (1930)
    L'Âge d'Or (1930)
    Der blaue Engel (1930)
    M (1931)
    Vampyr (1932)
    White Zombie (1932)
    The 39 Steps (1935)
    My Man Godfrey (1936)
    A Star Is Born (1937)
    Nothing Sacred (1937)
    The Lady Vanishes (1938)
    His Girl Friday (1940)
    Meet John Doe (1941)
    Penny Serenade (1941)
    Detour (1945)
    Scarlet Street (1945)
    The Stranger (1946)
    It's a Wonderful Life (1946)
    Beauty and the Beast (1946)
    D.O.A. (1949)
    The Third Man (1949)
    Rashomon (1950)
    Годзилла над Москвой (1954)
    Beat the Devil (1953)
    Suddenly (1954)
    The Last Man on Earth (1964)
    House on Haunted Hill (1959)
    Plan 9 from Outer Space (1957)
    Carnival of Souls (1962)
    Charade (1963)
    Night of the Living Dead (1968)
    The Little Shop of Horrors (1960)
    The Brain That Wouldn't Die (1962)
    """.splitlines()
    if line.strip()
]
# (name of the folder, seasons)
SHOWS = [
    ("Tales of the Quay (2017)", 3),
    ("The Lighthouse Keepers (2019)", 2),
    ("Nordlicht (2021)", 2),
    ("Les Vampires (1915)", 1),
    ("Signal Lost (2023)", 1),
]
EPISODES = [
    "The Lantern",
    "All Her Old Keys",
    "A Train at Midnight",
    "Snow on the Harbour Wall",
    "Low Tide",
    "Home",
    "The Severed Head",
    "The Ring That Kills",
    "The Red Codebook",
    "Dead Man's Escape",
    "Hypnotic Eyes",
    "What the River Kept",
    "Nineteen Steps Down",
    "The Cartographer's Daughter",
    "Winter Light",
    "An Honest Thief",
]
