links-check = Check the links
links-check-hint = This server then asks the other sites whether the pages are there. Their owners can see that somebody asked, so it only happens when you press this.
links-dead =
    { $count ->
        [one] One link is dead: there is nothing at its address.
       *[other] { $count } links are dead: there is nothing at their addresses.
    }
links-unknown =
    { $count ->
        [one] One link could not be checked; open it yourself.
       *[other] { $count } links could not be checked; open them yourself.
    }
links-good =
    { $count ->
        [0] No link answered.
        [one] One link leads where it should.
       *[other] { $count } links lead where they should.
    }
