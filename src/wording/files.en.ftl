# What is told of files that are read, in English.

failure-read = cannot read { $file }
failure-not-found = there is no such file or folder
failure-not-found-help = check the spelling and the folder you are in
failure-not-allowed = you are not allowed to
failure-not-allowed-help = ask for access, or copy the file to a folder of yours
failure-no-file = it is a pipe or a device, and no file
failure-no-file-help = save the rules as a file and name that
failure-full = the disk is full
failure-full-help = free some space, or write to another disk; a file that was there before is unchanged
failure-is-folder = it is a folder
failure-is-folder-help = name a file in it
failure-system = { $words }
failure-file-help = check that it is a file that can be opened
failure-no-rules = no rule files in { $places }
failure-no-rules-why = none of its files ends in .rhai
failure-no-rules-help = name a rule file, or a folder that holds some
failure-settings = { $file } is no file of settings
failure-manifest = { $file } cannot be used as a rulebook
failure-manifest-alone = { $file } names its rule files itself, and others are given with it
failure-manifest-alone-help = give the rulebook alone, or rule files without it
failure-outside = { $file } is no file in the folder of its rulebook
failure-outside-help = put it there: a rulebook reads nothing outside its own folder, and follows no link out of it
failure-set = --set { $setting } does not say which value
failure-set-help = write name=value, such as hot_visits=3 or answer_within=4.hours
