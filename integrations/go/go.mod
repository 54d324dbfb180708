module goroleak

go 1.19
